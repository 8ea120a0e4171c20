package io.karyoflow.common.image;

/** Adds up the colours of images that belong together, one after the other. Not for several threads at once. */
public final class ColourSums {
    private static final int COLOURS = 3;
    /** -ln(pixel / 255) of each value that a pixel can have. */
    private static final double[] DENSITY = new double[256];

    static {
        for (int pixel = 0; pixel < DENSITY.length; pixel++) {
            DENSITY[pixel] = -Math.log(Math.max(pixel, 1) / 255.0);
        }
    }

    private final double[] sums;
    private final double[] squares;
    private long pixels;

    public ColourSums() {
        this(new double[COLOURS], new double[COLOURS], 0);
    }

    private ColourSums(double[] sums, double[] squares, long pixels) {
        this.sums = sums;
        this.squares = squares;
        this.pixels = pixels;
    }

    /** With what was added so far; what is added later to one is not in the other. */
    public ColourSums copy() {
        return new ColourSums(sums.clone(), squares.clone(), pixels);
    }

    public void add(RgbImage image) {
        byte[] rgb = image.rgb();
        for (int i = 0; i < rgb.length; i += COLOURS) {
            for (int colour = 0; colour < COLOURS; colour++) {
                double density = DENSITY[rgb[i + colour] & 255];
                sums[colour] += density;
                squares[colour] += density * density;
            }
        }
        pixels += rgb.length / COLOURS;
    }

    /** @throws IllegalStateException if no image was added */
    public ColourStatistics statistics() {
        if (pixels == 0) {
            throw new IllegalStateException("there is no image to take the colours of");
        }
        float[] mean = new float[COLOURS];
        float[] deviation = new float[COLOURS];
        for (int colour = 0; colour < COLOURS; colour++) {
            double average = sums[colour] / pixels;
            mean[colour] = (float) average;
            deviation[colour] = (float) Math.sqrt(Math.max(0, squares[colour] / pixels - average * average));
        }
        return new ColourStatistics(mean, deviation);
    }
}
