package io.karyoflow.trainer.trial;

import static io.karyoflow.trainer.trial.DecodedPictures.assertSame;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.common.validation.ValidatedImage;
import io.karyoflow.trainer.TinyNuclei;
import io.karyoflow.trainer.data.CachedDataset;
import io.karyoflow.trainer.data.DatasetCache;
import io.karyoflow.trainer.data.ImageSource;
import io.karyoflow.trainer.data.Split;
import io.karyoflow.trainer.evaluation.Calibration;
import io.karyoflow.trainer.evaluation.Predictions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidatedImagesTest {
    private static final int IMAGES = 45;

    @TempDir
    Path folder;

    private final List<LabelledImage> published = TinyNuclei.images("d", IMAGES, 16);

    /** Two of three are wrong, so that there are more mistakes than pictures are wanted of. */
    @Test
    void thePicturesAreOfTheFirstMistakesInTheirOrder() throws IOException {
        try (CachedDataset dataset = open()) {
            Split split = Split.holding(dataset, 0);
            ValidatedImages images = new ValidatedImages(split, judged(split, image -> image % 3 == 0));

            List<byte[]> pictures = images.picturesOfMistakes(7);

            assertThat(pictures).hasSize(7);
            assertSame(pictures, listOf(images).subList(0, 7), published);
        }
    }

    @Test
    void whatIsRightHasNoPicture() throws IOException {
        try (CachedDataset dataset = open()) {
            Split split = Split.holding(dataset, 0);
            ValidatedImages images = new ValidatedImages(split, judged(split, image -> image > 1));

            assertSame(images.picturesOfMistakes(7), listOf(images).subList(0, 2), published);
        }
    }

    private static List<ValidatedImage> listOf(ValidatedImages images) {
        List<ValidatedImage> list = new ArrayList<>();
        images.forEach(list::add);
        return list;
    }

    /** Each with another confidence. */
    private static EpochResult judged(Split split, IntPredicate right) {
        Random random = new Random(1);
        int classes = TinyNuclei.CLASSES.size();
        Predictions predictions = new Predictions(classes);
        for (int i = 0; i < split.validation().length; i++) {
            int label = split.dataset().label(split.validation()[i]);
            float[] logits = new float[classes];
            logits[right.test(i) ? label : (label + 1) % classes] = 1 + random.nextFloat();
            predictions.add(new float[][] {logits}, new int[] {label});
        }
        TrialReport report = new TrialReport(
                TinyNuclei.CLASSES,
                predictions.confusionMatrix().counts(),
                List.of(),
                null,
                new Calibration(1.5, 0.1, 0.05, 0.4, 0.3));
        EpochMetrics metrics = new EpochMetrics(0.5, 0.75, 0.4);
        return new EpochResult(1, metrics, metrics, 1e-3, 100, 200, predictions, report);
    }

    private CachedDataset open() throws IOException {
        ImageSource source = (registered, reader, stillWanted) -> {
            for (LabelledImage image : published) {
                reader.accept(image);
            }
        };
        return new DatasetCache(folder, source, new ImageDecoder(10_000), Long.MAX_VALUE)
                .open(TinyNuclei.registration("d", IMAGES, List.of()), () -> {});
    }
}
