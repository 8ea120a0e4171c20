package io.karyoflow.inference.prediction;

import io.karyoflow.common.image.RgbImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects images by their size, and hands on a batch as soon as a limit is reached. */
final class GroupBySize {
    private final BatchLimits limits;
    private final Next next;
    private final Map<Size, SameSizeBatch> waiting = new LinkedHashMap<>();
    /** Of images that wait here, or of which it is not known whether {@link #next} is done with them. */
    private long pixelsInHand;

    GroupBySize(BatchLimits limits, Next next) {
        this.limits = limits;
        this.next = next;
    }

    /** Who takes the batches. */
    interface Next {
        void take(SameSizeBatch batch);

        /** Returns when all that was taken is done and out of memory. */
        void finish();
    }

    void add(int position, RgbImage image) {
        long pixels = (long) image.height() * image.width();
        if (pixelsInHand + pixels > limits.pixels()) {
            finish();
        }
        Size size = new Size(image.height(), image.width());
        SameSizeBatch batch = waiting.computeIfAbsent(size, absent -> SameSizeBatch.ofSizeOf(image));
        batch.add(position, image);
        pixelsInHand += pixels;
        if (batch.count() == limits.images()) {
            handOn(size);
        }
    }

    /** Returns when all images are done. */
    void finish() {
        List<Size> sizes = new ArrayList<>(waiting.keySet());
        sizes.forEach(this::handOn);
        next.finish();
        pixelsInHand = 0;
    }

    private void handOn(Size size) {
        next.take(waiting.remove(size));
    }

    private record Size(int height, int width) {}
}
