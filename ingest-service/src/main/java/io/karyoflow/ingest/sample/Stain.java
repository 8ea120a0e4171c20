package io.karyoflow.ingest.sample;

import static io.karyoflow.ingest.sample.Draw.between;

import io.karyoflow.common.image.RgbImage;
import java.util.Random;

/**
 * One tile's staining and optics: turns amounts of dye into light by the Beer-Lambert law, I = I0 * exp(-(h H + e E)),
 * where H and E are the dyes' optical densities in red, green and blue (mean values after Ruifrok and Johnston,
 * Quantification of histochemical staining by color deconvolution, 2001).
 *
 * @param haematoxylin [3] optical density of one unit in red, green, blue
 * @param eosin [3] the same
 * @param light [3] intensity without tissue, 0..255
 * @param blur standard deviation of the focus, in pixels of the patch
 * @param noise standard deviation of the sensor, 0..255
 */
record Stain(double[] haematoxylin, double[] eosin, double[] light, double blur, double noise) {
    private static final double[] HAEMATOXYLIN = {0.65, 0.70, 0.29};
    private static final double[] EOSIN = {0.07, 0.80, 0.25};

    static Stain of(Random random) {
        double white = between(random, 236, 252);
        return new Stain(
                varied(HAEMATOXYLIN, between(random, 0.75, 1.45), random),
                varied(EOSIN, between(random, 0.5, 1.05), random),
                new double[] {white, white - between(random, 0, 7), white - between(random, -2, 9)},
                between(random, 0.35, 0.95),
                between(random, 1.5, 5));
    }

    private static double[] varied(double[] density, double strength, Random random) {
        double[] varied = new double[3];
        for (int channel = 0; channel < 3; channel++) {
            varied[channel] = strength * Math.max(0.02, density[channel] + 0.045 * random.nextGaussian());
        }
        return varied;
    }

    /** The canvas as a camera sees it under this stain; the light falls off to one side. */
    RgbImage photograph(Canvas canvas, Random random) {
        int size = canvas.size / Canvas.OVERSAMPLING;
        double strength = between(random, 0.88, 1.14);
        double slope = between(random, 0, 0.07) / size;
        double towards = 2 * Math.PI * random.nextDouble();
        byte[] rgb = new byte[size * size * 3];
        for (int channel = 0; channel < 3; channel++) {
            double[] plane = new double[canvas.size * canvas.size];
            for (int at = 0; at < plane.length; at++) {
                plane[at] = StrictMath.exp(-strength
                        * (canvas.haematoxylin[at] * haematoxylin[channel] + canvas.eosin[at] * eosin[channel]));
            }
            Blur.gaussian(plane, canvas.size, blur * Canvas.OVERSAMPLING);
            for (int y = 0, at = channel; y < size; y++) {
                for (int x = 0; x < size; x++, at += 3) {
                    double fall = 1 - slope * (x * StrictMath.cos(towards) + y * StrictMath.sin(towards));
                    double value =
                            light[channel] * fall * mean(plane, canvas.size, x, y) + noise * random.nextGaussian();
                    rgb[at] = (byte) Math.max(0, Math.min(255, Math.round(value)));
                }
            }
        }
        return new RgbImage(size, size, rgb);
    }

    private static double mean(double[] plane, int width, int x, int y) {
        int at = Canvas.OVERSAMPLING * (y * width + x);
        return (plane[at] + plane[at + 1] + plane[at + width] + plane[at + width + 1]) / 4;
    }
}
