package io.karyoflow.explain.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SideBySideTest {
    private final SideBySide three = new SideBySide(3);

    @ParameterizedTest
    @CsvSource({"1, 1", "15, 1", "16, 2", "24, 3", "100, 3"})
    void everyElementIsInOnePartOfSensibleSize(int count, int parts) {
        List<SideBySide.Part> seen = Collections.synchronizedList(new ArrayList<>());

        three.run(count, seen::add);

        assertThat(seen).hasSize(parts);
        assertThat(seen.stream()
                        .flatMap(part -> IntStream.range(part.from(), part.to()).boxed()))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, count).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40})
    void whatOnePartThrowsIsThrown(int count) {
        assertThatThrownBy(() -> three.run(count, part -> {
                    throw new IllegalStateException("part from " + part.from());
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("part from");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40})
    void thatNobodyCanGoOnIsNoFailureOfAModel(int count) {
        assertThatThrownBy(() -> three.run(count, part -> {
                    throw new OutOfMemoryError("in a test");
                }))
                .isInstanceOf(OutOfMemoryError.class);
    }
}
