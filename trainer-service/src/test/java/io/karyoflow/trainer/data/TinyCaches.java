package io.karyoflow.trainer.data;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.trainer.TinyNuclei;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Caches over one folder, each as another process has it; their data sets are of 12 small images. */
final class TinyCaches {
    static final Runnable STILL_WANTED = () -> {};
    static final long MAX_PIXELS = 320 * 320;
    static final DatasetRegistered DATASET = registration("d");

    /** What the source gives, whichever data set is asked for; to be changed at will. */
    final List<LabelledImage> published = new ArrayList<>(TinyNuclei.images("d", 12, 16));

    /** How often the source was read. */
    final AtomicInteger readings = new AtomicInteger();

    private final Path folder;

    TinyCaches(Path folder) {
        this.folder = folder;
    }

    DatasetCache unlimited() {
        return upTo(Long.MAX_VALUE);
    }

    /** It has verified nothing yet. */
    DatasetCache upTo(long maxBytes) {
        return new DatasetCache(folder, this::read, new ImageDecoder(MAX_PIXELS), maxBytes);
    }

    private void read(DatasetRegistered dataset, ImageSource.ImageReader reader, Runnable stillWanted)
            throws IOException {
        readings.incrementAndGet();
        for (LabelledImage image : published) {
            reader.accept(image);
        }
    }

    static DatasetRegistered registration(String id) {
        return TinyNuclei.registration(id, 12, List.of());
    }

    Path homeOf(String id) {
        return CacheHome.of(folder, registration(id)).content();
    }

    /** The data sets that a cache's folder holds, complete or not, by their ids. */
    static List<String> keptIn(Path folder) throws IOException {
        try (Stream<Path> homes = Files.list(folder)) {
            return homes.filter(Files::isDirectory)
                    .map(home -> home.getFileName().toString().replaceFirst("-.*", ""))
                    .toList();
        }
    }

    static byte[] pixels(CachedDataset cached, int image) {
        byte[] pixels = new byte[cached.height() * cached.width() * 3];
        cached.copyPixels(image, pixels, 0);
        return pixels;
    }
}
