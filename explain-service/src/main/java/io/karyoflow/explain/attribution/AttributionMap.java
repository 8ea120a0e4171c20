package io.karyoflow.explain.attribution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How much each value of one input matters.
 *
 * @param shape of the input; with one channel from methods that tell pixels apart but not their channels
 * @param values [height * width * channels]; slopes are in units of score per unit of input, shares of the score and its
 *     falls in units of score, squares and variances of either in its square, RISE's in probability
 * @param convergenceDelta sum of the values minus the difference of the scores that they should add up to, of methods
 *     that promise so
 */
public record AttributionMap(InputShape shape, float[] values, OptionalDouble convergenceDelta) {

    public AttributionMap {
        shape.check(values, 1);
    }

    public AttributionMap(InputShape shape, float[] values) {
        this(shape, values, OptionalDouble.empty());
    }

    /** Cuts the values of N inputs [N * height * width * channels] into N maps. */
    static List<AttributionMap> split(InputShape shape, float[] values) {
        List<AttributionMap> maps = new ArrayList<>();
        for (int from = 0; from < values.length; from += shape.size()) {
            maps.add(new AttributionMap(shape, Arrays.copyOfRange(values, from, from + shape.size())));
        }
        return maps;
    }

    /** One value for each pixel: the sum over its channels, [height * width]. */
    public float[] sumOverChannels() {
        float[] sums = new float[shape.height() * shape.width()];
        for (int i = 0; i < values.length; i++) {
            sums[i / shape.channels()] += values[i];
        }
        return sums;
    }

    /** One value for each pixel: the mean over its channels, [height * width]. */
    public float[] meanOverChannels() {
        float[] means = sumOverChannels();
        for (int i = 0; i < means.length; i++) {
            means[i] /= shape.channels();
        }
        return means;
    }
}
