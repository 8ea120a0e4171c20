package io.karyoflow.inference.prediction;

import io.karyoflow.common.image.RgbImage;
import java.util.ArrayList;
import java.util.List;

/** Images of one size, as one tensor holds them, each with its request's position. */
record SameSizeBatch(int height, int width, List<Integer> positions, List<RgbImage> images) {

    static SameSizeBatch ofSizeOf(RgbImage image) {
        return new SameSizeBatch(image.height(), image.width(), new ArrayList<>(), new ArrayList<>());
    }

    void add(int position, RgbImage image) {
        positions.add(position);
        images.add(image);
    }

    int count() {
        return images.size();
    }

    long pixels() {
        return (long) count() * height * width;
    }
}
