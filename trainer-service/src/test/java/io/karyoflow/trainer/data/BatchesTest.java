package io.karyoflow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.trainer.TinyNuclei;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchesTest {
    private static final Augmentation EVERYTHING = new Augmentation(true, 0.1, 0.1, 0.2, 1, 10, 0.5, 0.4);

    @TempDir
    Path folder;

    private CachedDataset dataset;

    @BeforeEach
    void cache() throws IOException {
        ImageSource source = (registered, reader, stillWanted) -> {
            for (var image : TinyNuclei.images("d", 10, 16)) {
                reader.accept(TinyNuclei.ofGroup(image, "slide"));
            }
        };
        dataset = new DatasetCache(folder, source, new ImageDecoder(10_000), Long.MAX_VALUE)
                .open(TinyNuclei.registration("d", 10, List.of()), () -> {});
    }

    @Test
    void inOrderGivesEachImageOnceAsItIs() {
        Batches batches = new Batches(dataset, all(), 4);
        List<Integer> sizes = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (Batch batch : batches.inOrder()) {
            sizes.add(batch.size());
            for (int label : batch.labels()) {
                labels.add(label);
            }
        }
        assertThat(sizes).containsExactly(4, 4, 2);
        assertThat(labels)
                .containsExactlyElementsOf(
                        Arrays.stream(all()).map(dataset::label).boxed().toList());
    }

    @Test
    void shufflingDependsOnSeedAndEpochAlone() {
        List<Integer> first = pixels(1, 1, EVERYTHING);

        assertThat(pixels(1, 1, EVERYTHING)).isEqualTo(first);
        assertThat(pixels(1, 2, EVERYTHING)).isNotEqualTo(first);
        assertThat(pixels(2, 1, EVERYTHING)).isNotEqualTo(first);
    }

    @Test
    void aPassBegunInTheMiddleGivesTheBatchesOfTheWholePass() {
        Batches batches = new Batches(dataset, all(), 3);
        for (Sampling sampling : Sampling.values()) {
            List<Batch> whole = new ArrayList<>();
            try (Pass<Batch> pass = batches.shuffled(7, 4, EVERYTHING, sampling).from(0)) {
                pass.forEachRemaining(whole::add);
            }
            assertThat(whole).hasSize(3);
            for (int step = 0; step < 3; step++) {
                try (Pass<Batch> pass =
                        batches.shuffled(7, 4, EVERYTHING, sampling).from(step)) {
                    Batch begun = pass.next();
                    assertThat(begun.rgb()).isEqualTo(whole.get(step).rgb());
                    assertThat(begun.labels()).isEqualTo(whole.get(step).labels());
                    assertThat(begun.otherLabels()).isEqualTo(whole.get(step).otherLabels());
                    assertThat(begun.share()).isEqualTo(whole.get(step).share());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("eachAlone")
    void eachAugmentationChangesImagesByItself(Augmentation augmentation) {
        assertThat(pixels(1, 1, augmentation)).isNotEqualTo(pixels(1, 1, Augmentation.NONE));
    }

    static Stream<Augmentation> eachAlone() {
        return Stream.of(
                new Augmentation(true, 0, 0, 0, 0, 0, 0, 0),
                new Augmentation(false, 0.3, 0, 0, 0, 0, 0, 0),
                new Augmentation(false, 0, 0.3, 0, 0, 0, 0, 0),
                new Augmentation(false, 0, 0, 0.3, 0, 0, 0, 0),
                new Augmentation(false, 0, 0, 0, 3, 0, 0, 0),
                new Augmentation(false, 0, 0, 0, 0, 20, 0, 0),
                new Augmentation(false, 0, 0, 0, 0, 0, 1, 0),
                new Augmentation(false, 0, 0, 0, 0, 0, 0, 1));
    }

    @Test
    void erasingHappensWithItsProbability() {
        List<Integer> untouched = pixels(1, 1, Augmentation.NONE, 1);
        int erased = 0;
        for (int epoch = 1; epoch <= 100; epoch++) {
            List<Integer> images = pixels(1, epoch, new Augmentation(false, 0, 0, 0, 0, 0, 0.3, 0), 1);
            images.removeAll(untouched);
            erased += images.size();
        }
        assertThat(erased).isBetween(250, 350);
    }

    @Test
    void someTrainingImagesAreSeenAsIfNobodyKnewTheirSlide() {
        Batches batches = new Batches(dataset, all(), 10);
        int without = 0;
        for (int epoch = 1; epoch <= 100; epoch++) {
            try (Pass<Batch> pass = batches.shuffled(1, epoch, Augmentation.NONE, Sampling.EACH_IMAGE_ONCE)
                    .from(0)) {
                without += (int)
                        Stream.of(pass.next().slides()).filter(Objects::isNull).count();
            }
        }

        assertThat(without).isBetween(250, 350);
        assertThat(batches.inOrder())
                .allSatisfy(batch -> assertThat(batch.slides()).allSatisfy(slide -> assertThat(slide)
                        .usingRecursiveComparison()
                        .isEqualTo(dataset.slide(0).orElseThrow())));
    }

    @Test
    void shuffledBatchesAreFull() {
        Batches batches = new Batches(dataset, all(), 4);
        assertThat(batches.steps()).isEqualTo(2);
        try (Pass<Batch> pass = batches.shuffled(1, 1, Augmentation.NONE, Sampling.EACH_IMAGE_ONCE)
                .from(0)) {
            assertThat(pass).toIterable().hasSize(2).allMatch(batch -> batch.size() == 4);
        }
        assertThat(new Batches(dataset, all(), 64).steps()).isEqualTo(1);
    }

    private int[] all() {
        return dataset.imagesOfFolds(fold -> true);
    }

    private List<Integer> pixels(long seed, int epoch, Augmentation augmentation) {
        return pixels(seed, epoch, augmentation, 4);
    }

    /** One number for each batch that differs if its pixels do. */
    private List<Integer> pixels(long seed, int epoch, Augmentation augmentation, int batchSize) {
        List<Integer> pixels = new ArrayList<>();
        try (Pass<Batch> pass = new Batches(dataset, all(), batchSize)
                .shuffled(seed, epoch, augmentation, Sampling.EACH_IMAGE_ONCE)
                .from(0)) {
            pass.forEachRemaining(batch -> pixels.add(Arrays.hashCode(batch.rgb())));
        }
        return pixels;
    }
}
