package io.karyoflow.trainer.data;

import io.karyoflow.common.image.ColourStatistics;

/**
 * Some images of one size with their labels. Where {@link Mixup} blended each image with another one of the batch, both
 * labels are true in part: the loss is {@code share} times that of the label plus {@code 1 - share} times that of the
 * other label.
 *
 * @param height in pixels
 * @param width in pixels
 * @param rgb [N * height * width * 3], 0..255 as unsigned bytes
 * @param slides [N], colours of the slide that each image is of; null for an image that is to be seen by its own
 * @param labels [N], class indices from 0
 * @param otherLabels [N], of the images that were blended in; the labels themselves where nothing was
 * @param share how much of each image is its own, 0.5..1; 1 where nothing was blended in
 */
public record Batch(
        int height, int width, byte[] rgb, ColourStatistics[] slides, int[] labels, int[] otherLabels, double share)
        implements Examples {

    public Batch {
        if (rgb.length != (long) labels.length * height * width * 3) {
            throw new IllegalArgumentException(
                    rgb.length + " values are not " + labels.length + " images of " + height + " x " + width + " x 3");
        }
        if (slides.length != labels.length) {
            throw new IllegalArgumentException(slides.length + " slides do not fit " + labels.length + " images");
        }
        if (otherLabels.length != labels.length) {
            throw new IllegalArgumentException(
                    otherLabels.length + " other labels do not fit " + labels.length + " images");
        }
    }

    /** A batch of which each image is what its label says. */
    public Batch(int height, int width, byte[] rgb, ColourStatistics[] slides, int[] labels) {
        this(height, width, rgb, slides, labels, labels, 1);
    }

    /** The same of images whose slides nobody knows. */
    public Batch(int height, int width, byte[] rgb, int[] labels) {
        this(height, width, rgb, new ColourStatistics[labels.length], labels);
    }

    @Override
    public int size() {
        return labels.length;
    }
}
