package io.karyoflow.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    private static final float LN2 = (float) Math.log(2);
    private static final float LN3 = (float) Math.log(3);

    @Test
    void crossEntropyByHand() {
        // p = (2/3, 1/3), label 0; p = (1/4, 3/4), label 0
        Predictions predictions = predictions(new float[][] {{LN2, 0}, {0, LN3}}, 0, 0);

        assertThat(predictions.meanCrossEntropy(1)).isEqualTo((Math.log(3.0 / 2) + Math.log(4)) / 2, within(1e-6));
        assertThat(predictions.metrics().accuracy()).isEqualTo(0.5);
    }

    @Test
    void largeLogitsDoNotOverflow() {
        Predictions predictions = predictions(new float[][] {{3e4f, -3e4f}}, 1);

        assertThat(predictions.meanCrossEntropy(1)).isEqualTo(6e4, within(1e-3));
    }

    @Test
    void calibrationErrorByHand() {
        // Given 3 images at confidence 2/3 of which 1 is right, and 1 at 3/4 that is right: 2 bins
        Predictions predictions = predictions(new float[][] {{LN2, 0}, {LN2, 0}, {LN2, 0}, {LN3, 0}}, 0, 1, 1, 0);

        // 3/4 * |1/3 - 2/3| + 1/4 * |1 - 3/4|
        assertThat(CalibrationError.of(predictions, 1)).isEqualTo(0.25 + 0.0625, within(1e-6));
    }

    @Test
    void temperatureMakesConfidenceFit() {
        // Given logits that say 9 : 1, of which 3 in 4 are right
        float nine = (float) Math.log(9);
        Predictions predictions = predictions(new float[][] {{nine, 0}, {nine, 0}, {0, nine}, {nine, 0}}, 0, 0, 1, 1);

        double temperature = TemperatureScaling.fit(predictions);

        // Then 9^(1/T) = 3, so T = 2, and the confidence is the accuracy
        assertThat(temperature).isEqualTo(2, within(1e-3));
        assertThat(CalibrationError.of(predictions, 1)).isEqualTo(0.15, within(1e-6));
        assertThat(CalibrationError.of(predictions, temperature)).isEqualTo(0, within(1e-3));
    }

    @Test
    void temperatureStaysWithinBoundsWhereNoneIsBest() {
        // the mistake is none to a network that says nothing
        assertThat(TemperatureScaling.fit(predictions(new float[][] {{1, 0}, {0, 0}}, 0, 1)))
                .isEqualTo(0.05, within(1e-3));
        assertThat(TemperatureScaling.fit(predictions(new float[][] {{1, 0}}, 1)))
                .isEqualTo(20, within(1e-2));
    }

    /** Of two classes p(wrong) is 1 / (2 (n + 1)), where the loss over n + 1 images, one of them half wrong, is least. */
    @Test
    void whoMakesNoMistakeIsAsSureAsTheNumberOfImagesAllows() {
        for (float gap : new float[] {1, 20}) {
            float[][] logits = new float[9][];
            Arrays.fill(logits, new float[] {gap, 0});

            double temperature = TemperatureScaling.fit(predictions(logits, new int[9]));

            assertThat(1 / (1 + Math.exp(-gap / temperature))).isEqualTo(0.95, within(1e-5));
        }
    }

    static Predictions predictions(float[][] logits, int... labels) {
        Predictions predictions = new Predictions(logits[0].length);
        predictions.add(logits, labels);
        return predictions;
    }
}
