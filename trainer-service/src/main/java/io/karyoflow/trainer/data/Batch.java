package io.karyoflow.trainer.data;

/**
 * Some images of one size with their labels. Where {@link Mixup} blended each image with another one of the batch, both
 * labels are true in part: the loss is {@code share} times that of the label plus {@code 1 - share} times that of the
 * other label.
 *
 * @param height in pixels
 * @param width in pixels
 * @param rgb [N * height * width * 3], 0..255 as unsigned bytes
 * @param labels [N], class indices from 0
 * @param otherLabels [N], of the images that were blended in; the labels themselves where nothing was
 * @param share how much of each image is its own, 0.5..1; 1 where nothing was blended in
 */
public record Batch(int height, int width, byte[] rgb, int[] labels, int[] otherLabels, double share)
        implements Examples {

    public Batch {
        if (rgb.length != (long) labels.length * height * width * 3) {
            throw new IllegalArgumentException(
                    rgb.length + " values are not " + labels.length + " images of " + height + " x " + width + " x 3");
        }
        if (otherLabels.length != labels.length) {
            throw new IllegalArgumentException(
                    otherLabels.length + " other labels do not fit " + labels.length + " images");
        }
    }

    /** A batch of which each image is what its label says. */
    public Batch(int height, int width, byte[] rgb, int[] labels) {
        this(height, width, rgb, labels, labels, 1);
    }

    @Override
    public int size() {
        return labels.length;
    }
}
