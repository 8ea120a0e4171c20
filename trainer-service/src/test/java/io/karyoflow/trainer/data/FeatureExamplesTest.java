package io.karyoflow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.trainer.TinyNuclei;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureExamplesTest {
    private static final int IMAGES = 150;

    @TempDir
    Path folder;

    @Test
    void validationReadsOneBatchAtATime() throws IOException {
        try (CachedDataset dataset = open()) {
            int[] all = IntStream.range(0, IMAGES).toArray();
            Split split = new Split(dataset, all, all);
            KeptFeatures features =
                    new FeatureCache().open("key", dataset, true, FeatureExamplesTest::firstPixel, () -> {});

            Iterable<? extends Examples> validation = TrainingExamples.features(
                            split, features, Hyperparameters.DEFAULTS, 1)
                    .validation();

            List<Integer> sizes = new ArrayList<>();
            List<Integer> labels = new ArrayList<>();
            List<Float> values = new ArrayList<>();
            for (Examples batch : validation) {
                sizes.add(batch.size());
                for (int i = 0; i < batch.size(); i++) {
                    labels.add(batch.labels()[i]);
                    values.add(((FeatureBatch) batch).features()[i]);
                }
            }
            assertThat(sizes).containsExactly(64, 64, 22);
            byte[] pixels = new byte[16 * 16 * 3];
            for (int image : all) {
                dataset.copyPixels(image, pixels, 0);
                assertThat(labels.get(image)).isEqualTo(dataset.label(image));
                assertThat(values.get(image)).as("as the image is").isEqualTo(pixels[0]);
            }
            // what is not kept is made anew for whoever asks again
            assertThat(validation.iterator().next())
                    .isNotSameAs(validation.iterator().next());
        }
    }

    /** One number an image. */
    private static float[][] firstPixel(Batch batch) {
        int image = batch.rgb().length / batch.size();
        float[][] features = new float[batch.size()][1];
        for (int i = 0; i < features.length; i++) {
            features[i][0] = batch.rgb()[i * image];
        }
        return features;
    }

    private CachedDataset open() throws IOException {
        ImageSource source = (registered, reader, stillWanted) -> {
            for (var image : TinyNuclei.images("d", IMAGES, 16)) {
                reader.accept(image);
            }
        };
        return new DatasetCache(folder, source, new ImageDecoder(10_000), Long.MAX_VALUE)
                .open(TinyNuclei.registration("d", IMAGES, List.of()), () -> {});
    }
}
