package io.karyoflow.trainer.evaluation;

import static io.karyoflow.trainer.evaluation.EvaluationTest.predictions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RocAucTest {
    private static final float LN2 = (float) Math.log(2);

    @Test
    void tiesCountHalf() {
        // Given two images of class 0 with logits 1 and 3 for class 1, and three of class 1 with 2, 3 and 4
        Predictions predictions = predictions(new float[][] {{0, 1}, {0, 3}, {0, 2}, {0, 3}, {0, 4}}, 0, 0, 1, 1, 1);

        // Then of the six pairs four are in order (2 > 1, 3 > 1, 4 > 1, 4 > 3), one ties (3 = 3), one is not (2 < 3)
        assertThat(RocAuc.byClass(predictions)).containsExactly(4.5 / 6, 4.5 / 6);
    }

    @Test
    void eachClassIsHeldAgainstTheRest() {
        // Given p = (2, 1, 1) / 4, (1, 2, 1) / 4, (1, 1, 2) / 4, (2, 1, 1) / 4
        Predictions predictions =
                predictions(new float[][] {{LN2, 0, 0}, {0, LN2, 0}, {0, 0, LN2}, {LN2, 0, 0}}, 0, 1, 1, 2);

        Double[] areas = RocAuc.byClass(predictions);

        // Then class 0: {2} against {1, 1, 2}; class 1: {2, 1} against {1, 1}; class 2: {1} against {1, 1, 2}
        assertThat(areas).containsExactly(2.5 / 3, 3 / 4.0, 1 / 3.0);
        assertThat(RocAuc.mean(areas)).isEqualTo((2.5 / 3 + 3 / 4.0 + 1 / 3.0) / 3, within(1e-12));
    }

    @Test
    void guessingHasAnAreaOfOneHalf() {
        assertThat(RocAuc.byClass(predictions(new float[][] {{0, 0}, {0, 0}, {0, 0}}, 0, 1, 1)))
                .containsExactly(0.5, 0.5);
    }

    @Test
    void classThatNoneOrAllImagesHaveHasNoArea() {
        Double[] areas = RocAuc.byClass(predictions(new float[][] {{1, 0, 0}, {0, 1, 0}}, 0, 1));

        assertThat(areas).containsExactly(1.0, 1.0, null);
        assertThat(RocAuc.mean(areas)).isEqualTo(1);
        assertThat(RocAuc.mean(RocAuc.byClass(predictions(new float[][] {{1, 0}}, 0))))
                .isNull();
    }
}
