package io.karyoflow.common.model;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How large the images of a data set are, before they are resized: what lies within the range is what a network has learned
 * from. One image in twenty may be smaller and one larger, so that an odd one does not make every size a usual one.
 *
 * @param heightFrom in pixels
 * @param heightTo in pixels, at least {@code heightFrom}
 * @param widthFrom in pixels
 * @param widthTo in pixels, at least {@code widthFrom}
 */
public record ImageSizes(int heightFrom, int heightTo, int widthFrom, int widthTo) {
    private static final double TOLERANCE = 1.25;

    /** As many heights as widths, in any order; at least one. */
    public static ImageSizes of(IntStream heights, IntStream widths) {
        int[] sortedHeights = heights.sorted().toArray();
        int[] sortedWidths = widths.sorted().toArray();
        int outside = sortedHeights.length / 20;
        int last = sortedHeights.length - 1;
        return new ImageSizes(
                sortedHeights[outside],
                sortedHeights[last - outside],
                sortedWidths[outside],
                sortedWidths[last - outside]);
    }

    /**
     * An image is brought to the size of the network's input, so in one that is cut half as wide the network sees nuclei
     * twice as large as those that it learned from. A quarter more or less is not told from how nuclei of one class differ
     * anyway. More is nothing new only to a network that learned with {@code zoom}, which has seen its images e^zoom times
     * as large and as small.
     *
     * @param zoom the hyperparameter
     * @return what makes the label of an image of this size doubtful, as a sentence; empty if nothing does
     */
    Optional<String> warning(int height, int width, double zoom) {
        double factor = Math.max(TOLERANCE, Math.exp(zoom));
        if (isUsual(height, heightFrom, heightTo, factor) && isUsual(width, widthFrom, widthTo, factor)) {
            return Optional.empty();
        }
        return Optional.of("the image has " + width + " x " + height + " pixels, but the model learned from images of "
                + range(widthFrom, widthTo) + " x " + range(heightFrom, heightTo)
                + "; unless it shows as much tissue as those, the label may be wrong");
    }

    private static boolean isUsual(int side, int from, int to, double factor) {
        return side * factor >= from && side <= to * factor;
    }

    private static String range(int from, int to) {
        return from == to ? Integer.toString(from) : from + "-" + to;
    }
}
