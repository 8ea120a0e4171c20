package io.karyoflow.ingest.sample;

/** Gaussian blur in place, rows then columns; the border is continued. */
final class Blur {
    private Blur() {}

    /**
     * @param plane [size * size]
     * @param sigma standard deviation, in cells
     */
    static void gaussian(double[] plane, int size, double sigma) {
        double[] kernel = kernel(sigma);
        double[] line = new double[size];
        for (int i = 0; i < size; i++) {
            convolve(plane, i * size, 1, size, kernel, line);
        }
        for (int i = 0; i < size; i++) {
            convolve(plane, i, size, size, kernel, line);
        }
    }

    private static double[] kernel(double sigma) {
        int reach = (int) Math.ceil(2.5 * sigma);
        double[] kernel = new double[2 * reach + 1];
        double sum = 0;
        for (int i = -reach; i <= reach; i++) {
            kernel[i + reach] = StrictMath.exp(-0.5 * i * i / (sigma * sigma));
            sum += kernel[i + reach];
        }
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] /= sum;
        }
        return kernel;
    }

    private static void convolve(double[] plane, int start, int step, int size, double[] kernel, double[] line) {
        for (int i = 0; i < size; i++) {
            line[i] = plane[start + i * step];
        }
        int reach = kernel.length / 2;
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int k = -reach; k <= reach; k++) {
                sum += kernel[k + reach] * line[Math.max(0, Math.min(size - 1, i + k))];
            }
            plane[start + i * step] = sum;
        }
    }
}
