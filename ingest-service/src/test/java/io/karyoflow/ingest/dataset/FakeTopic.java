package io.karyoflow.ingest.dataset;

import io.karyoflow.common.message.DatasetRegistered.OffsetRange;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.ingest.image.PublishingFailedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Keeps what is sent; acknowledges at once. */
final class FakeTopic implements PublishImages {
    final List<LabelledImage> images = new ArrayList<>();
    boolean failing;
    volatile Runnable beforeSend = () -> {};
    CountDownLatch block;
    volatile int begun;
    volatile int closed;

    Map<String, Integer> folds() {
        Map<String, Integer> folds = new LinkedHashMap<>();
        images.stream()
                .sorted(java.util.Comparator.comparing(LabelledImage::id))
                .forEach(image -> folds.put(image.id(), image.fold()));
        return folds;
    }

    @Override
    public Publication begin() {
        begun++;
        return new Publication() {
            @Override
            public void send(LabelledImage image) {
                beforeSend.run();
                if (failing) {
                    throw new PublishingFailedException("check the broker", null);
                }
                if (block != null) {
                    try {
                        block.await();
                    } catch (InterruptedException e) {
                        throw new PublishingFailedException("interrupted", e);
                    }
                }
                images.add(image);
            }

            @Override
            public int acknowledged() {
                return images.size();
            }

            @Override
            public List<OffsetRange> complete() {
                return List.of(new OffsetRange(0, 0, images.size()));
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }
}
