package io.karyoflow.explain.faithfulness;

import io.karyoflow.explain.attribution.AlteredCopies;
import io.karyoflow.explain.attribution.Baseline;
import io.karyoflow.explain.attribution.InputShape;
import io.karyoflow.explain.attribution.SampleRandom;
import java.util.SplittableRandom;

/** How inputs are changed to see whether the map foretold the consequence, or stays the same. */
@FunctionalInterface
public interface Perturbations {
    /**
     * @param inputs [N * height * width * channels]
     * @return what makes copy number s of an input its sample s; the same for the same sample at every call
     */
    AlteredCopies.Alteration of(InputShape shape, float[] inputs);

    /**
     * Every value moves by up to {@code radius}, each distance equally probable: Captum's default for max-sensitivity.
     *
     * @param radius in units of the network's input
     */
    static Perturbations withinBall(long seed, double radius) {
        return (shape, inputs) -> (input, sample, values, from) -> {
            SplittableRandom random = SampleRandom.of(seed, sample);
            for (int i = 0; i < shape.size(); i++) {
                values[from + i] += (float) (radius * (2 * random.nextDouble() - 1));
            }
        };
    }

    /**
     * A square at random, at the input's edge a part of one, is hidden by the baseline.
     *
     * @param side of the square as a share of the input's shorter side
     */
    static Perturbations hiddenSquares(long seed, double side, Baseline baseline) {
        return (shape, inputs) -> {
            float[] hidden = baseline.of(shape, inputs);
            int length = (int) Math.max(1, Math.round(side * Math.min(shape.height(), shape.width())));
            return (input, sample, values, from) -> {
                SplittableRandom random = SampleRandom.of(seed, sample);
                int bottom = random.nextInt(1, shape.height() + length);
                int right = random.nextInt(1, shape.width() + length);
                int left = Math.max(0, right - length);
                int run = (Math.min(right, shape.width()) - left) * shape.channels();
                for (int y = Math.max(0, bottom - length); y < Math.min(bottom, shape.height()); y++) {
                    int start = shape.index(y, left, 0);
                    System.arraycopy(hidden, input * shape.size() + start, values, from + start, run);
                }
            };
        };
    }
}
