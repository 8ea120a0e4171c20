package io.karyoflow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.image.ColourSums;
import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.trainer.TinyNuclei;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetCacheTest {
    private static final Runnable STILL_WANTED = () -> {};
    private static final long MAX_PIXELS = 320 * 320;
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

        try (CachedDataset cached = cache().open(DATASET, STILL_WANTED)) {
            assertThat(cached.size()).isEqualTo(12);
            int[] inOrder = {0, 1, 10, 11, 2, 3, 4, 5, 6, 7, 8, 9};
            for (int i = 0; i < 12; i++) {
                LabelledImage original = TinyNuclei.image("d", inOrder[i], 16, 16);
                assertThat(cached.label(i)).isEqualTo(original.label());
                assertThat(pixels(cached, i)).isEqualTo(decoded(original));
            }
            assertThat(cached.imagesOfFolds(fold -> fold == 0)).containsExactly(0, 1, 2, 3, 4, 11);
            assertThat(cached.imagesOfFolds(fold -> fold != 0)).containsExactly(5, 6, 7, 8, 9, 10);
        }
    }

    @Test
    void aSlideHasTheColoursOfAllImagesOfItsGroup() throws Exception {
        ColourSums together = new ColourSums();
        for (int i = 0; i < published.size(); i++) {
            LabelledImage image = published.get(i);
            boolean mine = i % 3 == 0;
            published.set(i, TinyNuclei.ofGroup(image, i == 1 ? null : mine ? "mine" : "other"));
            if (mine) {
                together.add(new ImageDecoder(MAX_PIXELS).decode(image.bytes()).image());
            }
        }

        try (CachedDataset cached = cache().open(DATASET, STILL_WANTED)) {
            // in the order of filenames: 0, 1, 10, 11, 2, 3, ...
            assertThat(cached.slide(0)).get().usingRecursiveComparison().isEqualTo(together.statistics());
            assertThat(cached.slide(5)).get().usingRecursiveComparison().isEqualTo(together.statistics());
            assertThat(cached.slide(1)).as("of no group").isEmpty();
            assertThat(cached.slide(4).orElseThrow().mean())
                    .isNotEqualTo(together.statistics().mean());
        }
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
        openAndClose(cache());
        Path pixels = pixelsFile();
        flipAByte(pixels);
        openAndClose(cache());
        assertThat(readings).as("after a flipped byte").hasValue(2);

        Files.write(pixels, new byte[7]);
        openAndClose(cache());
        assertThat(readings).as("after a cut file").hasValue(3);

        Files.delete(pixels.resolveSibling("index.bin"));
        openAndClose(cache());
        assertThat(readings).as("after a lost index").hasValue(4);

        openAndClose(cache());
        assertThat(readings).as("when nothing is wrong").hasValue(4);
    }

    @Test
    void readsThePixelsAsAWholeOnlyOnce() throws Exception {
        DatasetCache cache = cache();
        openAndClose(cache);
        Path pixels = pixelsFile();
        flipAByte(pixels);
        openAndClose(cache);
        assertThat(readings).as("a flipped byte behind its back").hasValue(1);

        Files.write(pixels, new byte[7]);
        openAndClose(cache);
        assertThat(readings).as("after a cut file").hasValue(2);
    }

    @Test
    void deletesWhatWasOpenedLongestAgoWhenItIsFull() throws Exception {
        long two = 2 * bytesOfOne();
        openAndClose(cacheOf(two), "a");
        openAndClose(cacheOf(two), "b");
        opened("a", 1000);
        opened("b", 2000);
        openAndClose(cacheOf(two), "a"); // so that b was opened longest ago

        openAndClose(cacheOf(two), "c");

        assertThat(kept()).containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void makesRoomWhileItIsFilled() throws Exception {
        // Given a full cache of data sets whose files are larger than what is buffered
        published.clear();
        published.addAll(TinyNuclei.images("d", 12, 320));
        openAndClose(cache(), "a");
        openAndClose(cache(), "b");
        opened("a", 1000);
        opened("b", 2000);
        long full = bytesOf("a") + bytesOf("b");

        // When all but one image of another is written
        List<String> keptBeforeTheLast = new ArrayList<>();
        ImageSource watched = (dataset, reader, stillWanted) -> {
            for (LabelledImage image : published.subList(0, 11)) {
                reader.accept(image);
            }
            keptBeforeTheLast.addAll(kept());
            reader.accept(published.get(11));
        };
        new DatasetCache(folder, watched, new ImageDecoder(MAX_PIXELS), full)
                .open(registration("c"), STILL_WANTED)
                .close();

        assertThat(keptBeforeTheLast).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void keepsWhatIsInUseHoweverFullItIs() throws Exception {
        try (CachedDataset inUse = cacheOf(0).open(registration("a"), STILL_WANTED)) {
            opened("a", 1000);
            openAndClose(cacheOf(0), "b");
            assertThat(kept()).containsExactlyInAnyOrder("a", "b");
            assertThat(pixels(inUse, 0)).hasSize(16 * 16 * 3);
        }
        openAndClose(cacheOf(0), "c");
        assertThat(kept()).containsExactly("c");
    }

    @Test
    void keepsWhatAnotherProcessUses() throws Exception {
        openAndClose(cacheOf(0), "a");
        try (HostLockTest.OtherProcess other =
                HostLockTest.OtherProcess.holding(folder.resolve(homeOf("a").getFileName() + ".use"), "shared")) {
            openAndClose(cacheOf(0), "b");
            assertThat(kept()).containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void deletesNothingThatItHasNotMade() throws Exception {
        Path foreign = Files.createDirectories(folder.resolve("holidays-0123456789abcdef"));
        Files.writeString(foreign.resolve("photo"), "irreplaceable");
        Path alsoForeign = Files.createDirectories(folder.resolve("thesis"));
        Files.createFile(folder.resolve("thesis.lock"));

        openAndClose(cacheOf(0), "a");
        openAndClose(cacheOf(0), "b");

        assertThat(foreign.resolve("photo")).exists();
        assertThat(alsoForeign).exists();
    }

    @Test
    void deletesWhatADeadProcessLeftHalfBuilt() throws Exception {
        openAndClose(cacheOf(0), "a");
        Path left = Files.createDirectories(folder.resolve(homeOf("a").getFileName() + ".building"));
        Files.write(left.resolve("decoded.rgb"), new byte[100]);

        openAndClose(cacheOf(0), "b");

        assertThat(left).doesNotExist();
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

        try (CachedDataset cached = cache().open(DATASET, STILL_WANTED)) {
            assertThat(cached.height()).isEqualTo(16);
            assertThat(cached.width()).isEqualTo(16);
            // nucleus-9 lies behind the one that was resized
            assertThat(pixels(cached, 11)).isEqualTo(decoded(TinyNuclei.image("d", 9, 16, 16)));
        }
    }

    @Test
    void endsWhenNoLongerWanted() {
        assertThatThrownBy(() -> cache().open(DATASET, () -> {
                    throw new IllegalStateException("no longer wanted");
                }))
                .hasMessage("no longer wanted");
    }

    private DatasetCache cache() {
        return cacheOf(Long.MAX_VALUE);
    }

    /** As another process has it: it has verified nothing yet. */
    private DatasetCache cacheOf(long maxBytes) {
        return new DatasetCache(folder, source, new ImageDecoder(MAX_PIXELS), maxBytes);
    }

    private static DatasetRegistered registration(String id) {
        return TinyNuclei.registration(id, 12, List.of());
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

    private static void openAndClose(DatasetCache cache, String id) throws IOException {
        cache.open(registration(id), STILL_WANTED).close();
    }

    private long bytesOfOne() throws IOException {
        openAndClose(cache(), "measured");
        long bytes = bytesOf("measured");
        CacheHome.delete(homeOf("measured"));
        return bytes;
    }

    private long bytesOf(String id) throws IOException {
        Path home = homeOf(id);
        return Files.size(home.resolve("pixels.rgb")) + Files.size(home.resolve("index.bin"));
    }

    private void opened(String id, long milliseconds) throws IOException {
        Files.setLastModifiedTime(homeOf(id).resolve("pixels.rgb"), FileTime.fromMillis(milliseconds));
    }

    private Path homeOf(String id) {
        return CacheHome.of(folder, registration(id)).content();
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> homes = Files.list(folder)) {
            return homes.filter(Files::isDirectory)
                    .map(home -> home.getFileName().toString().replaceFirst("-.*", ""))
                    .toList();
        }
    }

    private Path pixelsFile() {
        return homeOf("d").resolve("pixels.rgb");
    }

    private static void flipAByte(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[100]++;
        Files.write(file, content);
    }

    private static byte[] pixels(CachedDataset cached, int image) {
        byte[] pixels = new byte[cached.height() * cached.width() * 3];
        cached.copyPixels(image, pixels, 0);
        return pixels;
    }

    private static byte[] decoded(LabelledImage image) throws UndecodableImageException {
        return new ImageDecoder(MAX_PIXELS).decode(image.bytes()).image().rgb();
    }
}
