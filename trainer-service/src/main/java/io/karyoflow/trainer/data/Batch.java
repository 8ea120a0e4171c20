package io.karyoflow.trainer.data;

/**
 * Some images of one size with their labels.
 *
 * @param height in pixels
 * @param width in pixels
 * @param rgb [N * height * width * 3], 0..255 as unsigned bytes
 * @param labels [N], class indices from 0
 */
public record Batch(int height, int width, byte[] rgb, int[] labels, int[] otherLabels, float share) implements Examples {
    public Batch(int height, int width, byte[] rgb, int[] labels) { this(height, width, rgb, labels, labels, 1); }

    public Batch {
        if (rgb.length != (long) labels.length * height * width * 3) {
            throw new IllegalArgumentException(
                    rgb.length + " values are not " + labels.length + " images of " + height + " x " + width + " x 3");
        }
    }

    @Override
    public int size() {
        return labels.length;
    }
}
