package io.karyoflow.explain.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RiseTest {
    private static final InputShape PIXELS = new InputShape(1, 2, 3);

    /** Mask 0 keeps the left pixel, mask 1 a quarter of the left and all of the right one. */
    private static final Masks FED_IN = new Masks() {
        @Override
        public float[] mask(int number, InputShape shape) {
            return number == 0 ? new float[] {1, 0} : new float[] {0.25f, 1};
        }

        @Override
        public double expectation() {
            return 0.5;
        }

        @Override
        public Map<String, Object> parameters() {
            return Map.of();
        }
    };

    /** The logit is the first channel of the left pixel plus the second of the right one, that of the other class 0. */
    private final LinearModel model =
            new LinearModel(PIXELS, new float[2], new float[] {1, 0, 0, 0, 1, 0}, new float[6]);

    @Test
    void isTheMeanOfMasksWeighedByTheProbabilityOfWhatTheyKeep() {
        Rise rise = new Rise(2, FED_IN, Baseline.zero(), BatchSize.DEFAULT);

        AttributionMap map = rise.attribute(model, new float[] {2, 9, 9, 9, 3, 9}, List.of(Target.ofClass(0)))
                .get(0);

        double first = sigmoid(2);
        double second = sigmoid(0.25 * 2 + 3);
        assertThat(map.shape()).isEqualTo(new InputShape(1, 2, 1));
        assertThat(map.values()[0]).isCloseTo((float) (first + 0.25 * second), within(1e-6f));
        assertThat(map.values()[1]).isCloseTo((float) second, within(1e-6f));
    }

    @Test
    void weighsByTheProbabilityThatTheModelReports() {
        Rise rise = new Rise(2, FED_IN, Baseline.zero(), BatchSize.DEFAULT);

        AttributionMap map = rise.attribute(
                        new CalibratedModel(model, 2), new float[] {2, 9, 9, 9, 3, 9}, List.of(Target.ofClass(0)))
                .get(0);

        assertThat(map.values()[1]).isCloseTo((float) sigmoid((0.25 * 2 + 3) / 2), within(1e-6f));
    }

    @Test
    void showsTheBaselineWhereAMaskKeepsNothing() {
        Rise rise = new Rise(1, FED_IN, Baseline.constant(-4), BatchSize.DEFAULT);

        AttributionMap map = rise.attribute(model, new float[] {2, 9, 9, 9, 3, 9}, List.of(Target.ofClass(0)))
                .get(0);

        assertThat(map.values()).usingComparatorWithPrecision(1e-6f).containsExactly((float) (2 * sigmoid(2 - 4)), 0);
    }

    /** A network that looks at one pixel only: the map peaks there. */
    @Test
    void findsThePixelThatMatters() {
        InputShape shape = new InputShape(12, 12, 1);
        float[] weights = new float[shape.size()];
        int pixel = shape.index(8, 3, 0);
        weights[pixel] = 6;
        LinearModel onePixel = new LinearModel(shape, new float[2], weights, new float[shape.size()]);
        float[] input = new float[shape.size()];
        input[pixel] = 1;

        float[] map = new Rise(2000, new RandomGrids(1, 6, 0.5), Baseline.zero(), BatchSize.DEFAULT)
                .attribute(onePixel, input, List.of(Target.ofClass(0)))
                .get(0)
                .values();

        for (int i = 0; i < map.length; i++) {
            int distance = Math.max(Math.abs(i / 12 - 8), Math.abs(i % 12 - 3));
            if (distance > 3) {
                assertThat(map[i]).isLessThan(map[pixel] - 0.05f);
            }
        }
    }

    @Test
    void itsOwnMasksKeepPixelsWithTheProbabilityAskedFor() {
        InputShape shape = new InputShape(10, 7, 3);
        RandomGrids grids = new RandomGrids(3, 4, 0.3);
        double[] mean = new double[70];
        for (int number = 0; number < 4000; number++) {
            float[] mask = grids.mask(number, shape);
            for (int i = 0; i < mask.length; i++) {
                assertThat(mask[i]).isBetween(0f, 1f);
                mean[i] += mask[i] / 4000.0;
            }
        }

        for (double share : mean) {
            assertThat(share).isCloseTo(0.3, within(0.04));
        }
        assertThat(grids.mask(5, shape)).containsExactly(new RandomGrids(3, 4, 0.3).mask(5, shape));
        assertThat(grids.mask(6, shape)).isNotEqualTo(grids.mask(5, shape));
        assertThat(new RandomGrids(4, 4, 0.3).mask(5, shape)).isNotEqualTo(grids.mask(5, shape));
    }

    /** With cells of one pixel a mask is almost its row of random numbers. */
    @Test
    void noMaskIsAnotherOneShifted() {
        RandomGrids grids = new RandomGrids(3, 63, 0.5);
        float[] first = grids.mask(0, new InputShape(63, 63, 1));
        float[] second = grids.mask(1, new InputShape(63, 63, 1));
        double difference = 0;
        for (int i = 1; i < first.length; i++) {
            difference += Math.abs(second[i - 1] - first[i]) / first.length;
        }

        assertThat(difference).isGreaterThan(0.15);
    }

    @Test
    void refusesToKeepNothing() {
        assertThatThrownBy(() -> new RandomGrids(0, 7, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rise(0, FED_IN, Baseline.zero(), BatchSize.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("n_masks must be at least 1, not 0");
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
