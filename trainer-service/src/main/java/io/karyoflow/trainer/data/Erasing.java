package io.karyoflow.trainer.data;

import java.util.random.RandomGenerator;

/**
 * Hides a rectangle of an image under the image's mean colour, so that no single part of it is relied on (Zhong et al.,
 * Random Erasing Data Augmentation, 2017). The rectangle has a share s ~ U(0.02, 0.2) of the area and, relative to the
 * image's own shape, the aspect r = height / width: sqrt(s r) of the height and sqrt(s / r) of the width. The logarithm of r
 * is uniform between those of 0.3 and 1 / 0.3, so that tall is as likely as wide.
 *
 * @param top first row
 * @param left first column
 */
record Erasing(int top, int left, int height, int width) {
    private static final double SMALLEST = 0.02;
    private static final double LARGEST = 0.2;
    private static final double ASPECT = Math.log(1 / 0.3);

    /** A rectangle that lies in an image of this size as a whole; all such places are equally likely. */
    static Erasing draw(int imageHeight, int imageWidth, RandomGenerator random) {
        double area = SMALLEST + (LARGEST - SMALLEST) * random.nextDouble();
        double aspect = Math.exp(ASPECT * (2 * random.nextDouble() - 1));
        int height = (int) Math.max(1, Math.round(imageHeight * Math.sqrt(area * aspect)));
        int width = (int) Math.max(1, Math.round(imageWidth * Math.sqrt(area / aspect)));
        return new Erasing(
                random.nextInt(imageHeight - height + 1), random.nextInt(imageWidth - width + 1), height, width);
    }

    /** @param rgb a whole image of {@code imageWidth}, unsigned bytes */
    void apply(byte[] rgb, int imageWidth) {
        byte[] mean = meanColour(rgb);
        for (int y = top; y < top + height; y++) {
            int at = 3 * (y * imageWidth + left);
            for (int end = at + 3 * width; at < end; at += 3) {
                System.arraycopy(mean, 0, rgb, at, 3);
            }
        }
    }

    private static byte[] meanColour(byte[] rgb) {
        long[] sums = new long[3];
        for (int i = 0; i < rgb.length; i += 3) {
            sums[0] += rgb[i] & 255;
            sums[1] += rgb[i + 1] & 255;
            sums[2] += rgb[i + 2] & 255;
        }
        byte[] mean = new byte[3];
        for (int colour = 0; colour < 3; colour++) {
            mean[colour] = (byte) Math.round(sums[colour] / (rgb.length / 3.0));
        }
        return mean;
    }
}
