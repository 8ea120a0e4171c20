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

    /** One of its images, in a batch of its own. */
    SameSizeBatch only(int image) {
        return new SameSizeBatch(height, width, positions.subList(image, image + 1), images.subList(image, image + 1));
    }

    int count() {
        return images.size();
    }
}
