package io.karyoflow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.trainer.TinyNuclei;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetCacheTest {
    private static final Runnable STILL_WANTED = () -> {};
    private static final DatasetRegistered DATASET = TinyNuclei.registration("d", 12, List.of());

    @TempDir
    Path folder;

    private final AtomicInteger readings = new AtomicInteger();
    private final List<LabelledImage> published = new ArrayList<>(TinyNuclei.images("d", 12, 16));
    private final ImageSource source = (dataset, reader, stillWanted) -> {
        readings.incrementAndGet();
        for (LabelledImage image : published) {
            reader.accept(image);
        }
    };

    @Test
    void keepsPixelsLabelsAndFoldsInTheOrderOfFilenames() throws Exception {
        // Given images that come in another order, and one twice
        Collections.shuffle(published, new java.util.Random(3));
        published.add(published.get(0));

        CachedDataset cached = cache().open(DATASET, STILL_WANTED);

        assertThat(cached.size()).isEqualTo(12);
        assertThat(cached.filename(0)).isEqualTo("nucleus-0.png");
        assertThat(cached.filename(2)).isEqualTo("nucleus-10.png");
        LabelledImage original = TinyNuclei.image("d", 10, 16, 16);
        assertThat(cached.label(2)).isEqualTo(original.label());
        byte[] pixels = new byte[16 * 16 * 3];
        cached.copyPixels(2, pixels, 0);
        assertThat(pixels)
                .isEqualTo(new ImageDecoder(10_000)
                        .decode(original.bytes())
                        .image()
                        .rgb());
        assertThat(cached.imagesOfFolds(fold -> fold == 0)).hasSize(6);
        assertThat(cached.imagesOfFolds(fold -> fold != 0)).hasSize(6);
    }

    @Test
    void readsTheSourceOnceForAllSlots() throws Exception {
        DatasetCache one = cache();
        DatasetCache other = cache();
        CompletableFuture<CachedDataset> first = CompletableFuture.supplyAsync(() -> open(one));
        CompletableFuture<CachedDataset> second = CompletableFuture.supplyAsync(() -> open(other));

        assertThat(first.get().size()).isEqualTo(second.get().size());
        assertThat(readings).hasValue(1);
    }

    @Test
    void rebuildsWhatIsCorruptOrIncomplete() throws Exception {
        Path pixels = pixelsOf(cache().open(DATASET, STILL_WANTED));
        byte[] content = Files.readAllBytes(pixels);
        content[100]++;
        Files.write(pixels, content);
        cache().open(DATASET, STILL_WANTED);
        assertThat(readings).as("after a flipped byte").hasValue(2);

        Files.write(pixels, new byte[7]);
        cache().open(DATASET, STILL_WANTED);
        assertThat(readings).as("after a cut file").hasValue(3);

        Files.delete(pixels.resolveSibling("index.json"));
        cache().open(DATASET, STILL_WANTED);
        assertThat(readings).as("after a lost index").hasValue(4);

        cache().open(DATASET, STILL_WANTED);
        assertThat(readings).as("when nothing is wrong").hasValue(4);
    }

    @Test
    void missingImagesAreCounted() throws IOException {
        published.remove(5);

        assertThatThrownBy(() -> cache().open(DATASET, STILL_WANTED))
                .isInstanceOf(UnusableDatasetException.class)
                .hasMessageContaining("12 images")
                .hasMessageContaining("11 were found");
        // and nothing half-built stays
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).allMatch(path -> path.toString().endsWith(".lock"));
        }
    }

    @Test
    void brokenImageIsNamed() {
        LabelledImage image = published.get(0);
        published.set(
                0,
                new LabelledImage(image.id(), "d", image.filename(), 0, 0, null, "image/png", "no image".getBytes()));

        assertThatThrownBy(() -> cache().open(DATASET, STILL_WANTED))
                .isInstanceOf(UnusableDatasetException.class)
                .hasMessageContaining("nucleus-0.png");
    }

    @Test
    void bringsAllToTheMostCommonSize() throws Exception {
        published.set(4, TinyNuclei.image("d", 4, 32, 24));

        CachedDataset cached = cache().open(DATASET, STILL_WANTED);

        assertThat(cached.height()).isEqualTo(16);
        assertThat(cached.width()).isEqualTo(16);
        byte[] untouched = new byte[16 * 16 * 3];
        cached.copyPixels(11, untouched, 0); // after the one that was resized
        assertThat(cached.filename(11)).isEqualTo("nucleus-9.png");
        assertThat(untouched)
                .isEqualTo(new ImageDecoder(10_000)
                        .decode(TinyNuclei.image("d", 9, 16, 16).bytes())
                        .image()
                        .rgb());
    }

    @Test
    void endsWhenNoLongerWanted() {
        assertThatThrownBy(() -> cache().open(DATASET, () -> {
                    throw new IllegalStateException("no longer wanted");
                }))
                .hasMessage("no longer wanted");
    }

    private DatasetCache cache() {
        return new DatasetCache(folder, source, new ImageDecoder(10_000));
    }

    private static CachedDataset open(DatasetCache cache) {
        try {
            return cache.open(DATASET, STILL_WANTED);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Path pixelsOf(CachedDataset cached) throws IOException, ExecutionException {
        assertThat(cached.size()).isEqualTo(12);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith("pixels.rgb")).findFirst().orElseThrow();
        }
    }
}
