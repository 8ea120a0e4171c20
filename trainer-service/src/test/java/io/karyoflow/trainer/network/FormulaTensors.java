package io.karyoflow.trainer.network;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.zip.CRC32;

/** Weights and images made by the formula of {@code network_outputs.py}, which both sides compute for themselves. */
public final class FormulaTensors {
    private FormulaTensors() {}

    /** All weights of a network, its head among them, as a weights file has them and then as the network has them. */
    public static Map<String, WeightValues> weights(Network network) {
        Map<String, WeightValues> weights = new LinkedHashMap<>();
        WeightCatalogue.of(network).forEach((name, entry) -> {
            long[] shape = TensorLayout.shapeInFile(name, entry.shape());
            float[] values = values(network.tensorNames().inFile(name), shape);
            weights.put(name, new WeightValues(entry.shape(), TensorLayout.fromFile(shape, values)));
        });
        return weights;
    }

    /** @param name as the weights file calls it */
    public static float[] values(String name, long[] shape) {
        double[] uniform = uniform(name, count(shape));
        DoubleUnaryOperator formula = formula(name, shape);
        float[] values = new float[uniform.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) formula.applyAsDouble(uniform[i]);
        }
        return values;
    }

    /** [N, side, side, 3], -1..1 */
    static float[] images(int count, int side) {
        double[] uniform = uniform("input", count * side * side * 3);
        float[] values = new float[uniform.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (2 * uniform[i] - 1);
        }
        return values;
    }

    private static DoubleUnaryOperator formula(String name, long[] shape) {
        if (shape.length > 1) {
            double largest = Math.sqrt(4.5 / (count(shape) / (int) shape[0]));
            return u -> (2 * u - 1) * largest;
        }
        if (name.endsWith("var") || name.endsWith("variance")) {
            return u -> 0.5 + u;
        }
        if (name.endsWith("gamma") || name.endsWith("scale") || name.endsWith("weight")) {
            return u -> 0.75 + 0.5 * u;
        }
        return u -> 0.2 * u - 0.1;
    }

    private static double[] uniform(String name, int count) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            int x = i * (int) 2654435761L + (int) crc.getValue();
            x = (x ^ x >>> 16) * 0x45D9F3B;
            x = (x ^ x >>> 16) * 0x45D9F3B;
            values[i] = Integer.toUnsignedLong(x ^ x >>> 16) * 0x1p-32;
        }
        return values;
    }

    private static int count(long[] shape) {
        return Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
    }
}
