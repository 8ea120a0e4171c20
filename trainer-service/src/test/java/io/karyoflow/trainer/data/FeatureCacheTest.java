package io.karyoflow.trainer.data;

import static io.karyoflow.trainer.data.TinyCaches.keptIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.trainer.TinyNuclei;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCacheTest {
    private static final int SIDE = 16;
    private static final Runnable STILL_WANTED = () -> {};

    @TempDir
    Path folder;

    private final AtomicInteger images = new AtomicInteger();

    @Test
    void keepsFeaturesOfEachImageInEachOrientation() throws IOException {
        try (CachedDataset dataset = open("d", Long.MAX_VALUE)) {
            KeptFeatures features = new FeatureCache().open("key", dataset, true, this::corners, STILL_WANTED);

            assertThat(features.orientations()).isEqualTo(8);
            assertThat(features.length()).isEqualTo(2);
            byte[] image = new byte[SIDE * SIDE * 3];
            for (int number = 0; number < dataset.size(); number++) {
                dataset.copyPixels(number, image, 0);
                // as it is, and turned by half
                assertThat(copied(features, number, 0)).containsExactly(image[0], image[image.length - 3]);
                assertThat(copied(features, number, Orientation.HALF_TURN.ordinal()))
                        .containsExactly(image[image.length - 3], image[0]);
            }
        }
    }

    @Test
    void computesOncePerKey() throws IOException {
        try (CachedDataset dataset = open("d", Long.MAX_VALUE)) {
            new FeatureCache().open("key", dataset, false, this::corners, STILL_WANTED);
            new FeatureCache().open("key", dataset, false, this::corners, STILL_WANTED);
            assertThat(images).hasValue(10);

            new FeatureCache().open("other", dataset, false, this::corners, STILL_WANTED);
            assertThat(images).hasValue(20);
        }
    }

    @Test
    void whatIsCorruptIsComputedAgain() throws IOException {
        try (CachedDataset dataset = open("d", Long.MAX_VALUE)) {
            new FeatureCache().open("key", dataset, false, this::corners, STILL_WANTED);
            Path file = featureFiles().get(0);
            byte[] intact = Files.readAllBytes(file);
            for (int place : new int[] {0, intact.length / 2, intact.length - 12, intact.length - 1}) {
                byte[] flipped = intact.clone();
                flipped[place] ^= 1;
                assertThatItIsComputedAgain(dataset, file, flipped, intact);
            }
            for (int length : new int[] {0, 11, 12, intact.length - 8, intact.length - 1}) {
                assertThatItIsComputedAgain(dataset, file, Arrays.copyOf(intact, length), intact);
            }
        }
    }

    private void assertThatItIsComputedAgain(CachedDataset dataset, Path file, byte[] corrupt, byte[] intact)
            throws IOException {
        Files.write(file, corrupt);
        images.set(0);
        KeptFeatures features = new FeatureCache().open("key", dataset, false, this::corners, STILL_WANTED);
        assertThat(images).hasValue(dataset.size());
        assertThat(file).hasBinaryContent(intact);
        byte[] image = new byte[SIDE * SIDE * 3];
        dataset.copyPixels(3, image, 0);
        assertThat(copied(features, 3, 0)).containsExactly(image[0], image[image.length - 3]);
    }

    @Test
    void whatWasNotCompletedIsNotKept() throws IOException {
        try (CachedDataset dataset = open("d", Long.MAX_VALUE)) {
            assertThatThrownBy(() -> new FeatureCache().open("key", dataset, false, this::corners, () -> {
                        throw new IllegalStateException("no longer wanted");
                    }))
                    .hasMessage("no longer wanted");

            new FeatureCache().open("key", dataset, false, this::corners, STILL_WANTED);
            assertThat(images).hasValue(10);
        }
    }

    @Test
    void featuresGoWithTheirDataSet() throws IOException {
        try (CachedDataset dataset = open("d", 0)) {
            new FeatureCache().open("key", dataset, false, this::corners, STILL_WANTED);
            open("while it is in use", 0).close();
            assertThat(featureFiles()).hasSize(1);
        }
        open("later", 0).close();
        assertThat(featureFiles()).isEmpty();
    }

    @Test
    void thoseOpenedLongestAgoGoFirstThoughTheirDataSetIsInUse() throws IOException {
        keepAMegabyte("one");
        keepAMegabyte("other");
        for (Path file : featureFiles()) {
            Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
        }
        keepAMegabyte("one"); // so that the other was opened longest ago

        try (CachedDataset dataset = open("d", 1_500_000)) {
            assertThat(dataset.size()).isEqualTo(10);
            assertThat(featureFiles())
                    .singleElement()
                    .matches(file -> file.getFileName().toString().startsWith("one-"));
        }
    }

    private void keepAMegabyte(String key) throws IOException {
        try (CachedDataset dataset = open("d", Long.MAX_VALUE)) {
            new FeatureCache().open(key, dataset, false, batch -> new float[batch.size()][25_000], STILL_WANTED);
        }
    }

    @Test
    void otherDataSetsMakeRoomForFeatures() throws IOException {
        open("idle", Long.MAX_VALUE).close();
        open("d", Long.MAX_VALUE).close();
        assertThat(keptIn(folder)).containsExactlyInAnyOrder("idle", "d");

        try (CachedDataset dataset = open("d", 1_000_000)) {
            // 4 MB
            new FeatureCache().open("key", dataset, false, batch -> new float[batch.size()][100_000], STILL_WANTED);
            assertThat(keptIn(folder)).containsExactly("d");
        }
    }

    /** Red at the top left and at the bottom right, as signed bytes. */
    private float[][] corners(Batch batch) {
        images.addAndGet(batch.size());
        int image = batch.rgb().length / batch.size();
        float[][] corners = new float[batch.size()][];
        for (int i = 0; i < corners.length; i++) {
            corners[i] = new float[] {batch.rgb()[i * image], batch.rgb()[(i + 1) * image - 3]};
        }
        return corners;
    }

    private static float[] copied(KeptFeatures features, int image, int orientation) {
        float[] copy = new float[features.length()];
        features.copy(image, orientation, copy, 0);
        return copy;
    }

    private CachedDataset open(String id, long maxBytes) throws IOException {
        ImageSource source = (registered, reader, stillWanted) -> {
            for (LabelledImage image : TinyNuclei.images(id, 10, SIDE)) {
                reader.accept(image);
            }
        };
        return new DatasetCache(folder, source, new ImageDecoder(10_000), maxBytes)
                .open(TinyNuclei.registration(id, 10, List.of()), STILL_WANTED);
    }

    private List<Path> featureFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".features")).toList();
        }
    }
}
