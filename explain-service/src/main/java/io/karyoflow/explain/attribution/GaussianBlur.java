package io.karyoflow.explain.attribution;

/**
 * Blurs each channel by a Gaussian, first along rows, then along columns; pixels beyond the edge count as the edge's.
 *
 * <pre>g(d) ~ exp(-d^2 / (2 sigma^2)),   |d| at most 3 sigma,   sum of g = 1</pre>
 */
final class GaussianBlur {
    private final double[] kernel;
    private final int radius;

    /** @param sigma in pixels, more than 0 */
    GaussianBlur(double sigma) {
        radius = (int) Math.ceil(3 * sigma);
        kernel = new double[2 * radius + 1];
        double sum = 0;
        for (int k = 0; k < kernel.length; k++) {
            double d = (k - radius) / sigma;
            kernel[k] = Math.exp(-d * d / 2);
            sum += kernel[k];
        }
        for (int k = 0; k < kernel.length; k++) {
            kernel[k] /= sum;
        }
    }

    /**
     * @param inputs [N * height * width * channels]
     * @return as many, blurred
     */
    float[] of(InputShape shape, float[] inputs) {
        float[] alongRows = along(shape.width(), shape.channels(), inputs);
        return along(shape.height(), shape.width() * shape.channels(), alongRows);
    }

    /** Lines of {@code length} values that lie {@code step} apart. */
    private float[] along(int length, int step, float[] values) {
        float[] blurred = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            int position = i / step % length;
            int start = i - position * step;
            double sum = 0;
            for (int k = 0; k < kernel.length; k++) {
                int neighbour = Math.max(0, Math.min(length - 1, position + k - radius));
                sum += kernel[k] * values[start + neighbour * step];
            }
            blurred[i] = (float) sum;
        }
        return blurred;
    }
}
