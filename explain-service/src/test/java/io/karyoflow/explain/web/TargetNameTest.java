package io.karyoflow.explain.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.explain.attribution.Target;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetNameTest {
    private static final List<String> CLASSES = List.of("normal epithelial", "cancer epithelial", "T-cell", "B-cell");

    @ParameterizedTest
    @CsvSource({"normal epithelial, 0", "Cancer Epithelial, 1", "T-cell, 2", "3, 3", " 0 , 0"})
    void readsAClassByNameOrIndex(String text, int index) {
        assertThat(TargetName.read(text, CLASSES)).contains(Target.ofClass(index));
    }

    @ParameterizedTest
    @CsvSource({
        "1-0, 1, 0",
        "cancer epithelial-normal epithelial, 1, 0",
        "cancer epithelial - normal epithelial, 1, 0",
        "T-cell-B-cell, 2, 3",
        "B-cell-1, 3, 1"
    })
    void readsADifferenceEvenOfNamesWithHyphens(String text, int of, int minus) {
        assertThat(TargetName.read(text, CLASSES)).contains(Target.difference(of, minus));
    }

    @Test
    void aNameGoesBeforeAnIndex() {
        assertThat(TargetName.read("0", List.of("1", "0"))).contains(Target.ofClass(1));
    }

    @Test
    void predictedIsLeftToTheModel() {
        assertThat(TargetName.read("predicted", CLASSES)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "-1", "1-1", "1-", "", "nucleus", "1-0-2"})
    void refusesWhatNamesNoneAndListsTheClasses(String text) {
        assertThatThrownBy(() -> TargetName.read(text, CLASSES))
                .isInstanceOf(UnusableRequestException.class)
                .hasMessageContaining("unknown target '" + text + "'")
                .hasMessageContaining("normal epithelial, cancer epithelial, T-cell, B-cell")
                .hasMessageContaining("0 to 3");
    }

    @Test
    void isWrittenByIndicesAsItIsRead() {
        for (Target target : List.of(Target.ofClass(2), Target.difference(1, 0))) {
            assertThat(TargetName.read(TargetName.indices(target), CLASSES)).contains(target);
        }
        assertThat(TargetName.indices(Target.difference(1, 0))).isEqualTo("1-0");
    }

    @Test
    void isWrittenForPeople() {
        assertThat(TargetName.of(Target.ofClass(2), CLASSES)).isEqualTo("T-cell");
        assertThat(TargetName.of(Target.difference(1, 0), CLASSES))
                .isEqualTo("cancer epithelial rather than normal epithelial");
    }
}
