package io.karyoflow.explain.faithfulness;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.explain.attribution.Baseline;
import io.karyoflow.explain.attribution.InputShape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PerturbationsTest {
    private static final InputShape SHAPE = new InputShape(8, 12, 2);

    @Test
    void hidesASquareOfAllChannelsAnywhere() {
        int[] hiddenTimes = new int[8 * 12];
        for (int sample = 0; sample < 500; sample++) {
            float[] values = perturbed(Perturbations.hiddenSquares(4, 0.5, Baseline.constant(-7)), sample);
            int hidden = 0;
            for (int pixel = 0; pixel < hiddenTimes.length; pixel++) {
                assertThat(values[2 * pixel]).isIn(1f, -7f).isEqualTo(values[2 * pixel + 1]);
                if (values[2 * pixel] == -7) {
                    hiddenTimes[pixel]++;
                    hidden++;
                }
            }
            assertThat(hidden).isBetween(1, 16);
        }
        assertThat(hiddenTimes).doesNotContain(0);
    }

    @Test
    void movesEveryValueByUpToTheRadius() {
        float[] values = perturbed(Perturbations.withinBall(1, 0.02), 0);

        for (float value : values) {
            assertThat(value).isBetween(0.98f, 1.02f).isNotEqualTo(1);
        }
        assertThat(perturbed(Perturbations.withinBall(1, 0.02), 0)).containsExactly(values);
        assertThat(perturbed(Perturbations.withinBall(1, 0.02), 1)).isNotEqualTo(values);
    }

    @Test
    void noSampleIsAnotherOneShifted() {
        float[] first = perturbed(Perturbations.withinBall(1, 0.02), 0);
        float[] second = perturbed(Perturbations.withinBall(1, 0.02), 1);

        assertThat(Arrays.copyOf(second, SHAPE.size() - 1)).isNotEqualTo(Arrays.copyOfRange(first, 1, SHAPE.size()));
    }

    private static float[] perturbed(Perturbations perturbations, int sample) {
        float[] inputs = new float[SHAPE.size()];
        Arrays.fill(inputs, 1);
        perturbations.of(SHAPE, inputs.clone()).alter(0, sample, inputs, 0);
        return inputs;
    }
}
