package io.karyoflow.trainer.data;

import static io.karyoflow.trainer.data.TinyCaches.MAX_PIXELS;
import static io.karyoflow.trainer.data.TinyCaches.STILL_WANTED;
import static io.karyoflow.trainer.data.TinyCaches.keptIn;
import static io.karyoflow.trainer.data.TinyCaches.pixels;
import static io.karyoflow.trainer.data.TinyCaches.registration;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.trainer.TinyNuclei;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a full cache deletes, and what it leaves alone. */
class MakeRoomTest {
    @TempDir
    Path folder;

    private TinyCaches caches;

    @BeforeEach
    void caches() {
        caches = new TinyCaches(folder);
    }

    @Test
    void deletesWhatWasOpenedLongestAgoWhenItIsFull() throws Exception {
        long two = 2 * bytesOfOne();
        openAndClose(caches.upTo(two), "a");
        openAndClose(caches.upTo(two), "b");
        opened("a", 1000);
        opened("b", 2000);
        openAndClose(caches.upTo(two), "a"); // so that b was opened longest ago

        openAndClose(caches.upTo(two), "c");

        assertThat(keptIn(folder)).containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void makesRoomWhileItIsFilled() throws Exception {
        // Given a full cache of data sets whose files are larger than what is buffered
        caches.published.clear();
        caches.published.addAll(TinyNuclei.images("d", 12, 320));
        openAndClose(caches.unlimited(), "a");
        openAndClose(caches.unlimited(), "b");
        opened("a", 1000);
        opened("b", 2000);
        long full = bytesOf("a") + bytesOf("b");

        // When all but one image of another is written
        List<String> keptBeforeTheLast = new ArrayList<>();
        ImageSource watched = (dataset, reader, stillWanted) -> {
            for (LabelledImage image : caches.published.subList(0, 11)) {
                reader.accept(image);
            }
            keptBeforeTheLast.addAll(keptIn(folder));
            reader.accept(caches.published.get(11));
        };
        new DatasetCache(folder, watched, new ImageDecoder(MAX_PIXELS), full)
                .open(registration("c"), STILL_WANTED)
                .close();

        assertThat(keptBeforeTheLast).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void keepsWhatIsInUseHoweverFullItIs() throws Exception {
        try (CachedDataset inUse = caches.upTo(0).open(registration("a"), STILL_WANTED)) {
            opened("a", 1000);
            openAndClose(caches.upTo(0), "b");
            assertThat(keptIn(folder)).containsExactlyInAnyOrder("a", "b");
            assertThat(pixels(inUse, 0)).hasSize(16 * 16 * 3);
        }
        openAndClose(caches.upTo(0), "c");
        assertThat(keptIn(folder)).containsExactly("c");
    }

    @Test
    void keepsWhatAnotherProcessUses() throws Exception {
        openAndClose(caches.upTo(0), "a");
        Path use = folder.resolve(caches.homeOf("a").getFileName() + ".use");
        try (HostLockTest.OtherProcess other = HostLockTest.OtherProcess.holding(use, "shared")) {
            openAndClose(caches.upTo(0), "b");
            assertThat(keptIn(folder)).containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void deletesWhatATrainerOfAnotherVersionHasLeft() throws Exception {
        openAndClose(caches.unlimited(), "a");
        CacheHome left = CacheHome.of(folder, registration("a"), CacheIndex.FORMAT - 1);
        left.change().alone(STILL_WANTED).close(); // as it did
        Files.move(caches.homeOf("a"), left.content());

        openAndClose(caches.upTo(0), "b");

        assertThat(keptIn(folder)).containsExactly("b");
    }

    @Test
    void deletesNothingThatItHasNotMade() throws Exception {
        Path foreign = Files.createDirectories(folder.resolve("holidays-0123456789abcdef"));
        Files.writeString(foreign.resolve("photo"), "irreplaceable");
        Path alsoForeign = Files.createDirectories(folder.resolve("thesis"));
        Files.createFile(folder.resolve("thesis.lock"));

        openAndClose(caches.upTo(0), "a");
        openAndClose(caches.upTo(0), "b");

        assertThat(foreign.resolve("photo")).exists();
        assertThat(alsoForeign).exists();
    }

    @Test
    void deletesWhatADeadProcessLeftHalfBuilt() throws Exception {
        openAndClose(caches.upTo(0), "a");
        Path left = Files.createDirectories(folder.resolve(caches.homeOf("a").getFileName() + ".building"));
        Files.write(left.resolve("decoded.rgb"), new byte[100]);

        openAndClose(caches.upTo(0), "b");

        assertThat(left).doesNotExist();
    }

    private static void openAndClose(DatasetCache cache, String id) throws IOException {
        cache.open(registration(id), STILL_WANTED).close();
    }

    private long bytesOfOne() throws IOException {
        openAndClose(caches.unlimited(), "measured");
        long bytes = bytesOf("measured");
        CacheHome.delete(caches.homeOf("measured"));
        return bytes;
    }

    private long bytesOf(String id) throws IOException {
        Path home = caches.homeOf(id);
        return Files.size(home.resolve("pixels.rgb")) + Files.size(home.resolve("index.bin"));
    }

    private void opened(String id, long milliseconds) throws IOException {
        Files.setLastModifiedTime(caches.homeOf(id).resolve("pixels.rgb"), FileTime.fromMillis(milliseconds));
    }
}
