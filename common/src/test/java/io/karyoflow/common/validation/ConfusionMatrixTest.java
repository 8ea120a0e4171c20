package io.karyoflow.common.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
    @Test
    void whatFollowsFromItByHand() {
        // Given labels 0 0 0 1 1 2 predicted as 0 0 1 1 0 1; class 3 never occurs
        ConfusionMatrix matrix = new ConfusionMatrix(4);
        int[] labels = {0, 0, 0, 1, 1, 2};
        int[] predicted = {0, 0, 1, 1, 0, 1};
        for (int i = 0; i < labels.length; i++) {
            matrix.count(labels[i], predicted[i]);
        }

        // Then F1: class 0 2*2/(3+3), class 1 2*1/(2+3), class 2 0/(1+0); class 3 does not count
        assertThat(matrix.accuracy()).isEqualTo(0.5);
        assertThat(matrix.macroF1()).isEqualTo((2.0 / 3 + 0.4 + 0) / 3, within(1e-12));
        assertThat(matrix.counts()[0]).containsExactly(2, 1, 0, 0);
        List<ClassMetrics> perClass = matrix.perClass(List.of("a", "b", "c", "d"));
        assertThat(perClass.get(1)).isEqualTo(new ClassMetrics("b", 1.0 / 3, 0.5, 0.4, 2, null));
        assertThat(perClass.get(2)).isEqualTo(new ClassMetrics("c", 0, 0, 0, 1, null));
        assertThat(matrix.perClass(List.of("a", "b", "c", "d"), new Double[] {0.9, 0.8, 0.7, null}))
                .extracting(ClassMetrics::auc)
                .containsExactly(0.9, 0.8, 0.7, null);
    }

    @Test
    void countsOfTwoFoldsTogetherAreThoseOfAllTheirImages() {
        ConfusionMatrix together = new ConfusionMatrix(2);
        together.add(List.of(List.of(3, 1), List.of(0, 0)));
        together.add(List.of(List.of(0, 0), List.of(2, 4)));
        assertThat(together.counts()).isDeepEqualTo(new int[][] {{3, 1}, {2, 4}});
        assertThat(together.accuracy()).isEqualTo(0.7);
    }
}
