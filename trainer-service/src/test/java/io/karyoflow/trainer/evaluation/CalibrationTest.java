package io.karyoflow.trainer.evaluation;

import static io.karyoflow.trainer.evaluation.EvaluationTest.predictions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private static final float LN3 = (float) Math.log(3);
    private static final float LN9 = (float) Math.log(9);
    private static final float[] RIGHT = {LN9, 0};
    private static final float[] WRONG = {0, LN9};

    @Test
    void brierScoreByHand() {
        // Given p = (3/4, 1/4), label 0, and p = (1/10, 9/10), label 0
        Predictions predictions = predictions(new float[][] {{LN3, 0}, {0, LN9}}, 0, 0);

        assertThat(BrierScore.of(predictions, 1)).isEqualTo((2 * 0.0625 + 2 * 0.81) / 2, within(1e-6));
        // and with temperature 2: p = (1/4, 3/4) in the second, and sqrt(3) : 1 in the first
        double first = 1 / (1 + Math.sqrt(3));
        assertThat(BrierScore.of(predictions, 2)).isEqualTo((2 * first * first + 2 * 0.5625) / 2, within(1e-6));
    }

    @Test
    void halvesHaveTheSameMixtureOfClasses() {
        // Given class 0 in images 2, 3, 5, and class 1 in 0, 1, 4, 6
        float[][] logits = {{0, 0}, {1, 0}, {2, 0}, {3, 0}, {4, 0}, {5, 0}, {6, 0}};

        Halves halves = Halves.of(predictions(logits, 1, 1, 0, 0, 1, 0, 1));

        assertThat(images(halves.first())).containsExactly(2, 5, 1, 6);
        assertThat(labels(halves.first())).containsExactly(0, 0, 1, 1);
        assertThat(images(halves.second())).containsExactly(3, 0, 4);
        assertThat(labels(halves.second())).containsExactly(0, 1, 1);
    }

    @Test
    void eachHalfIsMeasuredWithTheTemperatureOfTheOther() {
        // Given 9 : 1 for each image, right in 3 of the first half's 4 and in 2 of the second's
        Predictions predictions =
                predictions(new float[][] {RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, WRONG, WRONG, WRONG}, new int[8]);

        Calibration calibration = Calibration.of(predictions);

        // Then the first half's temperature is 2, where 9 : 1 becomes 3 : 1, and the second's is the highest, 20
        double almostOneHalf = 1 / (1 + Math.pow(9, -1 / 20.0));
        assertThat(calibration.errorBefore()).isEqualTo(((0.9 - 0.75) + (0.9 - 0.5)) / 2, within(1e-6));
        assertThat(calibration.errorAfter()).isEqualTo(((0.75 - almostOneHalf) + (0.75 - 0.5)) / 2, within(1e-3));
        assertThat(calibration.brierScoreBefore()).isEqualTo(2 * (5 * 0.01 + 3 * 0.81) / 8, within(1e-6));
        double first = 3 * Math.pow(1 - almostOneHalf, 2) + Math.pow(almostOneHalf, 2);
        double second = 2 * 0.0625 + 2 * 0.5625;
        assertThat(calibration.brierScoreAfter()).isEqualTo(2 * (first + second) / 8, within(1e-3));
    }

    @Test
    void storedTemperatureIsFittedOnAllImages() {
        // Given 9 : 1 for each image, right in 5 of 8
        Predictions predictions =
                predictions(new float[][] {RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, WRONG, WRONG, WRONG}, new int[8]);

        // Then 9^(1/T) = 5/3
        assertThat(Calibration.of(predictions).temperature()).isEqualTo(Math.log(9) / Math.log(5 / 3.0), within(1e-3));
    }

    @Test
    void halvesCountByTheirSize() {
        // Given 9 : 1 for each image, right in both of the first half, wrong in the one of the second
        Predictions predictions = predictions(new float[][] {RIGHT, WRONG, RIGHT}, 0, 0, 0);

        assertThat(Calibration.of(predictions).errorBefore()).isEqualTo((2 * 0.1 + 0.9) / 3, within(1e-6));
    }

    @Test
    void oneImageAloneIsMeasuredUnscaled() {
        Calibration calibration = Calibration.of(predictions(new float[][] {RIGHT}, 0));

        assertThat(calibration.errorAfter())
                .isEqualTo(calibration.errorBefore())
                .isEqualTo(0.1, within(1e-6));
    }

    /** By their logits, which are their numbers: p0 / p1 = exp(number). */
    private static long[] images(Predictions predictions) {
        return IntStream.range(0, predictions.size())
                .mapToObj(image -> predictions.probabilities(image, 1))
                .mapToLong(p -> Math.round(Math.log(p[0] / p[1])))
                .toArray();
    }

    private static int[] labels(Predictions predictions) {
        return IntStream.range(0, predictions.size()).map(predictions::label).toArray();
    }
}
