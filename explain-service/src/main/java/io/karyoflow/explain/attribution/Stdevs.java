package io.karyoflow.explain.attribution;

/**
 * Standard deviation of the noise that a {@link NoiseTunnel} adds: Captum's {@code stdevs}.
 *
 * @param value at least 0
 * @param relative whether the value is a share of each input's own range, its maximum minus its minimum (the paper
 *     takes 0.1 to 0.2), and not in units of the network's input
 */
public record Stdevs(double value, boolean relative) {

    public Stdevs {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("stdevs must be at least 0, not " + value);
        }
    }

    public static Stdevs absolute(double value) {
        return new Stdevs(value, false);
    }

    public static Stdevs relativeToRange(double share) {
        return new Stdevs(share, true);
    }

    /** The standard deviation for the input of {@code size} values from index {@code from} on. */
    float of(float[] inputs, int from, int size) {
        if (!relative) {
            return (float) value;
        }
        float min = inputs[from];
        float max = inputs[from];
        for (int i = from + 1; i < from + size; i++) {
            min = Math.min(min, inputs[i]);
            max = Math.max(max, inputs[i]);
        }
        return (float) (value * (max - min));
    }
}
