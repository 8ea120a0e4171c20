package io.karyoflow.inference.prediction;

import io.karyoflow.common.image.RgbImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Collects images by their size and hands on a batch as soon as a limit is reached. */
final class GroupBySize {
    private final BatchLimits limits;
    private final Consumer<SameSizeBatch> next;
    private final Map<Size, SameSizeBatch> waiting = new LinkedHashMap<>();
    private long waitingPixels;

    GroupBySize(BatchLimits limits, Consumer<SameSizeBatch> next) {
        this.limits = limits;
        this.next = next;
    }

    void add(int position, RgbImage image) {
        long pixels = (long) image.height() * image.width();
        if (waitingPixels + pixels > limits.pixels()) {
            handOnAll();
        }
        Size size = new Size(image.height(), image.width());
        SameSizeBatch batch = waiting.computeIfAbsent(size, absent -> SameSizeBatch.ofSizeOf(image));
        batch.add(position, image);
        waitingPixels += pixels;
        if (batch.count() == limits.images()) {
            handOn(size);
        }
    }

    void handOnAll() {
        List<Size> sizes = new ArrayList<>(waiting.keySet());
        sizes.forEach(this::handOn);
    }

    private void handOn(Size size) {
        SameSizeBatch batch = waiting.remove(size);
        waitingPixels -= batch.pixels();
        next.accept(batch);
    }

    private record Size(int height, int width) {}
}
