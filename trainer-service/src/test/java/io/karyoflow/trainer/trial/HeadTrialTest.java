package io.karyoflow.trainer.trial;

import static io.karyoflow.trainer.trial.TinyTrial.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.validation.PredictionsTable;
import io.karyoflow.common.validation.ValidatedImage;
import io.karyoflow.trainer.TinyNuclei;
import io.karyoflow.trainer.network.Network;
import io.karyoflow.trainer.pretrained.WriteSafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A trial that trains the head alone: when it keeps features of the images, and when it cannot. */
@Timeout(120)
class HeadTrialTest {
    private static final String BACKBONE = "backbone.safetensors";

    @TempDir
    Path folder;

    private final Diary diary = new Diary();

    @Test
    void featuresForTheHeadAreComputedOnce() throws IOException {
        writeBackbone();
        assertThat(run(headOnly(Map.of("weights", BACKBONE)))).isEqualTo(TrialOutcome.COMPLETED);
        List<Path> first = featureFiles();
        Object written = fileKey(first.get(0));

        assertThat(run(headOnly(Map.of("weights", BACKBONE, "learningRate", 0.02))))
                .isEqualTo(TrialOutcome.COMPLETED);

        assertThat(first).hasSize(1);
        assertThat(featureFiles()).isEqualTo(first);
        assertThat(fileKey(first.get(0))).as("the same file").isEqualTo(written);
        // 8 orientations of 2 x 2 x 16 numbers, and what they are checked by
        assertThat(Files.size(first.get(0))).isEqualTo(TinyTrial.IMAGES * 8 * 64 * 4L + 12);
    }

    /** It learns so slowly that it makes mistakes. */
    @Test
    void whoLearnsFromKeptFeaturesHasPicturesOfItsMistakes() throws IOException {
        writeBackbone();

        assertThat(run(headOnly(Map.of("weights", BACKBONE, "learningRate", 1e-6))))
                .isEqualTo(TrialOutcome.COMPLETED);

        assertThat(featureFiles()).hasSize(1);
        List<ValidatedImage> mistakes = diary.mistakes();
        assertThat(mistakes).isNotEmpty();
        int shown = Math.min(mistakes.size(), PredictionsTable.SHOWN_MISTAKES);
        DecodedPictures.assertSame(diary.pictures, mistakes.subList(0, shown), TinyTrial.published());
    }

    /** Of whom nobody knows the slide must be recognised, too: so some are shown without, others in each epoch. */
    @Test
    void aHeadThatSeesSlidesLearnsFromImages() throws IOException {
        writeBackbone();

        assertThat(run(headOnly(Map.of("weights", BACKBONE, "stainNormalisation", "slide"))))
                .isEqualTo(TrialOutcome.COMPLETED);
        assertThat(featureFiles()).isEmpty();
    }

    @Test
    void noFeaturesAreKeptOfWhatStartsAtRandom() throws IOException {
        assertThat(run(headOnly(Map.of()))).isEqualTo(TrialOutcome.COMPLETED);
        assertThat(featureFiles()).isEmpty();
    }

    private static TrialRequested headOnly(Map<String, Object> over) {
        Map<String, Object> values = new HashMap<>(over);
        values.put("trainable", "head");
        return request(2, values);
    }

    private void writeBackbone() throws IOException {
        TrialRequested request = headOnly(Map.of());
        Network network = Network.of(request.architecture(), request.hyperparameters(), TinyNuclei.CLASSES.size());
        WriteSafeTensors.to(folder.resolve(BACKBONE), Backbone.of(network));
    }

    private static Object fileKey(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private List<Path> featureFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
            return files.filter(file -> file.toString().endsWith(".features")).toList();
        }
    }

    private TrialOutcome run(TrialRequested request) {
        return diary.run(request, TinyTrial.published(), folder, new Interruption());
    }
}
