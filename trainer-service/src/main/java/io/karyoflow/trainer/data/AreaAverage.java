package io.karyoflow.trainer.data;

import io.karyoflow.common.image.RgbImage;

/** Resizing in which each new pixel is the mean of the area it covers in the old image; parts of pixels count in part. */
final class AreaAverage {
    private AreaAverage() {}

    static RgbImage resize(RgbImage image, int height, int width) {
        if (image.height() == height && image.width() == width) {
            return image;
        }
        byte[] rgb = new byte[height * width * 3];
        double down = (double) image.height() / height;
        double across = (double) image.width() / width;
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    rgb[at++] = mean(image, y * down, (y + 1) * down, x * across, (x + 1) * across, channel);
                }
            }
        }
        return new RgbImage(height, width, rgb);
    }

    private static byte mean(RgbImage image, double top, double bottom, double left, double right, int channel) {
        double sum = 0;
        double area = 0;
        for (int y = (int) top; y < bottom && y < image.height(); y++) {
            double covered = Math.min(bottom, y + 1) - Math.max(top, y);
            for (int x = (int) left; x < right && x < image.width(); x++) {
                double part = covered * (Math.min(right, x + 1) - Math.max(left, x));
                sum += part * (image.rgb()[(y * image.width() + x) * 3 + channel] & 255);
                area += part;
            }
        }
        return (byte) Math.round(sum / area);
    }
}
