package io.karyoflow.inference.prediction;

import io.karyoflow.common.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Images of one size, as one tensor holds them, each with its request's position. */
record SameSizeBatch(int height, int width, List<Integer> positions, List<RgbImage> images) {

    static SameSizeBatch ofSizeOf(RgbImage image) {
        return new SameSizeBatch(image.height(), image.width(), new ArrayList<>(), new ArrayList<>());
    }

    void add(int position, RgbImage image) {
        positions.add(position);
        images.add(image);
    }

    /** The same images, each in a batch of its own. */
    List<SameSizeBatch> singly() {
        return IntStream.range(0, count())
                .mapToObj(i -> new SameSizeBatch(height, width, positions.subList(i, i + 1), images.subList(i, i + 1)))
                .toList();
    }

    int count() {
        return images.size();
    }

    long pixels() {
        return (long) count() * height * width;
    }
}
