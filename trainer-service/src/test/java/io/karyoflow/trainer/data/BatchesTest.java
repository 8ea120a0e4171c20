package io.karyoflow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.trainer.TinyNuclei;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchesTest {
    private static final Augmentation TURNED = new Augmentation(true, 0);

    @TempDir
    Path folder;

    private CachedDataset dataset;

    @BeforeEach
    void cache() throws IOException {
        ImageSource source = (registered, reader, stillWanted) -> {
            for (var image : TinyNuclei.images("d", 10, 16)) {
                reader.accept(image);
            }
        };
        dataset = new DatasetCache(folder, source, new ImageDecoder(10_000))
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
                .containsExactlyElementsOf(java.util.Arrays.stream(all())
                        .map(dataset::label)
                        .boxed()
                        .toList());
    }

    @Test
    void shufflingDependsOnSeedAndEpochAlone() {
        Batches batches = new Batches(dataset, all(), 4);

        assertThat(pixels(batches.shuffled(1, 1, TURNED))).isEqualTo(pixels(batches.shuffled(1, 1, TURNED)));
        assertThat(pixels(batches.shuffled(1, 1, TURNED))).isNotEqualTo(pixels(batches.shuffled(1, 2, TURNED)));
        assertThat(pixels(batches.shuffled(1, 1, TURNED))).isNotEqualTo(pixels(batches.shuffled(2, 1, TURNED)));
        assertThat(pixels(batches.shuffled(1, 1, TURNED)))
                .isNotEqualTo(pixels(batches.shuffled(1, 1, Augmentation.NONE)));
    }

    @Test
    void shuffledBatchesAreFull() {
        Batches batches = new Batches(dataset, all(), 4);
        assertThat(batches.steps()).isEqualTo(2);
        assertThat(batches.shuffled(1, 1, Augmentation.NONE)).hasSize(2).allMatch(batch -> batch.size() == 4);
        assertThat(new Batches(dataset, all(), 64).shuffled(1, 1, Augmentation.NONE))
                .hasSize(1);
    }

    @Test
    void noImagesIsAnErrorThatSaysWhatToDo() {
        assertThatThrownBy(() -> new Batches(dataset, new int[0], 4)).hasMessageContaining("validation fold");
    }

    private int[] all() {
        return dataset.imagesOfFolds(fold -> true);
    }

    private static List<Integer> pixels(Iterable<Batch> batches) {
        List<Integer> pixels = new ArrayList<>();
        batches.forEach(batch -> pixels.add(java.util.Arrays.hashCode(batch.rgb())));
        return pixels;
    }
}
