package io.karyoflow.trainer.trial;

import static io.karyoflow.trainer.trial.TinyTrial.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.common.message.TrialEvent.Completed;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.model.ImageSizes;
import io.karyoflow.common.validation.PredictionsTable;
import io.karyoflow.common.validation.ValidatedImage;
import io.karyoflow.trainer.TinyNuclei;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A trial that nothing disturbs, from request to stored model. */
@Timeout(120)
class RunTrialTest {
    @TempDir
    Path folder;

    private final Diary diary = new Diary();

    @Test
    void trainsRecordsAndStoresInThisOrder() {
        TrialOutcome outcome = run(request(4, Map.of("learningRate", 0.004, "width", 8)));

        assertThat(outcome).isEqualTo(TrialOutcome.COMPLETED);
        assertThat(diary.lines)
                .containsExactly(
                        "claim",
                        "Started",
                        "epoch 1",
                        "EpochCompleted",
                        "epoch 2",
                        "EpochCompleted",
                        "epoch 3",
                        "EpochCompleted",
                        "epoch 4",
                        "EpochCompleted",
                        "conclusion",
                        "model",
                        "Completed");
        Completed completed = (Completed) diary.lastEvent();
        assertThat(completed.epochs()).isEqualTo(4);
        assertThat(completed.modelId()).isEqualTo(diary.model.id());
        assertThat(completed.validation().accuracy()).isGreaterThan(0.8);
        assertThat(diary.model.description().validation()).isEqualTo(completed.validation());
        assertThat(diary.model.description().imageSizes()).isEqualTo(new ImageSizes(16, 16, 16, 16));
        assertThat(diary.model.description().temperature())
                .isEqualTo(diary.lastEpoch().report().calibration().temperature());
        assertThat(diary.epochs).allSatisfy(epoch -> assertThat(epoch.report().perClass())
                .extracting("support")
                .containsExactly(10, 10, 10));
        assertThat(diary.lastEpoch().report().meanAuc()).isBetween(0.9, 1.0);
        assertThat(diary.epochs.get(0).training().loss())
                .isGreaterThan(diary.epochs.get(3).training().loss());
    }

    @Test
    void sameRequestSameMetricsAndModel() {
        run(request(2, Map.of()));
        List<EpochResult> first = List.copyOf(diary.epochs);
        String firstModel = diary.model.id();

        run(request(2, Map.of()));

        for (int i = 0; i < 2; i++) {
            assertThat(diary.epochs.get(i).training()).isEqualTo(first.get(i).training());
            assertThat(diary.epochs.get(i).validation()).isEqualTo(first.get(i).validation());
        }
        assertThat(diary.model.id()).isEqualTo(firstModel);
    }

    @Test
    void earlyStoppingCompletesTheTrialBeforeItsBudget() {
        TrialOutcome outcome =
                run(request(50, Map.of("earlyStopping", 2, "learningRate", 1.0, "optimiser", "sgd", "dropout", 0.0)));

        assertThat(outcome).isEqualTo(TrialOutcome.COMPLETED);
        Completed completed = (Completed) diary.lastEvent();
        assertThat(completed.epochs()).isLessThan(50);
        assertThat(diary.model.description().epochs()).isEqualTo(completed.epochs());
        List<Double> losses =
                diary.epochs.stream().map(epoch -> epoch.validation().loss()).toList();
        double best = losses.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        assertThat(losses.indexOf(best)).isEqualTo(losses.size() - 3);
    }

    /** Of 12 images 6 are held back, so 6 are all that a batch can have. */
    @Test
    void aDataSetOfFewerImagesThanPartsAskedForIsTrainedOn() {
        Hyperparameters hyperparameters =
                Hyperparameters.of(Map.of("inputSize", 16, "width", 4, "ghostBatches", 8, "batchSize", 64));
        TrialRequested few = new TrialRequested(
                "t",
                1,
                "s",
                Architecture.CONVNET,
                hyperparameters,
                1,
                11,
                TinyNuclei.registration("d", 12, List.of()),
                0);

        assertThat(diary.run(few, TinyNuclei.images("d", 12, 16), folder, new Interruption()))
                .isEqualTo(TrialOutcome.COMPLETED);
    }

    @Test
    void whatIsStoredIsJudgedAsItWillServe() {
        run(request(2, Map.of("averageOrientations", true, "precision", "bf16")));

        assertThat(diary.lines).endsWith("epoch 2", "EpochCompleted", "conclusion", "model", "Completed");
        assertThat(diary.model.description().validation()).isEqualTo(diary.conclusion.validation());
        assertThat(diary.conclusion.validation().loss())
                .isNotEqualTo(diary.lastEpoch().validation().loss());
        assertThat(counts(diary.validated))
                .isDeepEqualTo(diary.conclusion.report().confusionMatrix());
    }

    /** After one epoch, when there are mistakes enough. */
    @Test
    void everyValidationImageIsNamedWithWhatItWasTakenFor() {
        List<LabelledImage> published = TinyTrial.published().stream()
                .map(image -> TinyNuclei.ofGroup(image, "slide " + image.fold()))
                .toList();

        diary.run(request(1, Map.of()), published, folder, new Interruption());

        List<ValidatedImage> images = diary.validated;
        assertThat(counts(images)).isDeepEqualTo(diary.conclusion.report().confusionMatrix());
        assertThat(images)
                .extracting(ValidatedImage::filename, ValidatedImage::group, ValidatedImage::label)
                .containsExactlyInAnyOrderElementsOf(published.stream()
                        .filter(image -> image.fold() == 0)
                        .map(image -> tuple(image.filename(), "slide 0", image.label()))
                        .toList());
        assertThat(images).allSatisfy(image -> {
            assertThat(Arrays.stream(image.probabilities()).sum()).isEqualTo(1, within(1e-9));
            assertThat(image.confidence())
                    .isEqualTo(Arrays.stream(image.probabilities()).max().orElseThrow());
        });
        List<ValidatedImage> mistakes = diary.mistakes();
        assertThat(mistakes)
                .isEqualTo(images.subList(0, mistakes.size()))
                .isSortedAccordingTo(
                        Comparator.comparingDouble(ValidatedImage::confidence).reversed());
        assertThat(images.subList(mistakes.size(), images.size()))
                .extracting(ValidatedImage::filename)
                .isSorted();
        int shown = Math.min(mistakes.size(), PredictionsTable.SHOWN_MISTAKES);
        DecodedPictures.assertSame(diary.pictures, mistakes.subList(0, shown), published);
    }

    /** [C][C], rows true labels. */
    private static int[][] counts(List<ValidatedImage> images) {
        int classes = TinyNuclei.CLASSES.size();
        int[][] counts = new int[classes][classes];
        images.forEach(image -> counts[image.label()][image.predicted()]++);
        return counts;
    }

    private TrialOutcome run(TrialRequested request) {
        return diary.run(request, TinyTrial.published(), folder, new Interruption());
    }
}
