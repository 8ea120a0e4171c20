package io.karyoflow.trainer.data;

import static io.karyoflow.trainer.data.TinyCaches.DATASET;
import static io.karyoflow.trainer.data.TinyCaches.STILL_WANTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.message.LabelledImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the cache reads a data set from its source, and what it then refuses. */
class DatasetCacheTest {
    @TempDir
    Path folder;

    private TinyCaches caches;

    @BeforeEach
    void caches() {
        caches = new TinyCaches(folder);
    }

    @Test
    void readsTheSourceOnceForAllSlots() throws Exception {
        DatasetCache one = caches.unlimited();
        DatasetCache other = caches.unlimited();
        CompletableFuture<CachedDataset> first = CompletableFuture.supplyAsync(() -> open(one));
        CompletableFuture<CachedDataset> second = CompletableFuture.supplyAsync(() -> open(other));

        assertThat(first.get().size()).isEqualTo(second.get().size());
        assertThat(caches.readings).hasValue(1);
    }

    @Test
    void rebuildsWhatIsCorruptOrIncomplete() throws Exception {
        openAndClose(caches.unlimited());
        Path pixels = pixelsFile();
        flipAByte(pixels);
        openAndClose(caches.unlimited());
        assertThat(caches.readings).as("after a flipped byte").hasValue(2);

        Files.write(pixels, new byte[7]);
        openAndClose(caches.unlimited());
        assertThat(caches.readings).as("after a cut file").hasValue(3);

        Files.delete(pixels.resolveSibling("index.bin"));
        openAndClose(caches.unlimited());
        assertThat(caches.readings).as("after a lost index").hasValue(4);

        openAndClose(caches.unlimited());
        assertThat(caches.readings).as("when nothing is wrong").hasValue(4);
    }

    @Test
    void readsThePixelsAsAWholeOnlyOnce() throws Exception {
        DatasetCache cache = caches.unlimited();
        openAndClose(cache);
        Path pixels = pixelsFile();
        flipAByte(pixels);
        openAndClose(cache);
        assertThat(caches.readings).as("a flipped byte behind its back").hasValue(1);

        Files.write(pixels, new byte[7]);
        openAndClose(cache);
        assertThat(caches.readings).as("after a cut file").hasValue(2);
    }

    @Test
    void leavesAloneWhatATrainerOfAnotherVersionKeeps() throws IOException {
        openAndClose(caches.unlimited());
        Path other = CacheHome.of(folder, DATASET, CacheIndex.FORMAT - 1).content();
        Files.move(caches.homeOf("d"), other);
        Files.write(other.resolve("index.bin"), new byte[7]); // in a format of its own

        openAndClose(caches.unlimited());

        assertThat(caches.readings).hasValue(2);
        assertThat(other.resolve("index.bin")).hasSize(7);
    }

    @Test
    void missingImagesAreCounted() throws IOException {
        caches.published.remove(5);

        assertThatThrownBy(() -> caches.unlimited().open(DATASET, STILL_WANTED))
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
        LabelledImage image = caches.published.get(0);
        caches.published.set(
                0,
                new LabelledImage(image.id(), "d", image.filename(), 0, 0, null, "image/png", "no image".getBytes()));

        assertThatThrownBy(() -> caches.unlimited().open(DATASET, STILL_WANTED))
                .isInstanceOf(UnusableDatasetException.class)
                .hasMessageContaining("nucleus-0.png");
    }

    @Test
    void endsWhenNoLongerWanted() {
        assertThatThrownBy(() -> caches.unlimited().open(DATASET, () -> {
                    throw new IllegalStateException("no longer wanted");
                }))
                .hasMessage("no longer wanted");
    }

    private static CachedDataset open(DatasetCache cache) {
        try {
            return cache.open(DATASET, STILL_WANTED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void openAndClose(DatasetCache cache) throws IOException {
        cache.open(DATASET, STILL_WANTED).close();
    }

    private Path pixelsFile() {
        return caches.homeOf("d").resolve("pixels.rgb");
    }

    private static void flipAByte(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[100]++;
        Files.write(file, content);
    }
}
