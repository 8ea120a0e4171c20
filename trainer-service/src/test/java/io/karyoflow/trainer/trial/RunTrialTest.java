package io.karyoflow.trainer.trial;

import static io.karyoflow.trainer.trial.TinyTrial.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.common.message.TrialEvent.Completed;
import io.karyoflow.common.message.TrialEvent.Stopped;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.trainer.TinyNuclei;
import io.karyoflow.trainer.data.DatasetCache;
import io.karyoflow.trainer.data.ImageSource;
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

@Timeout(120)
class RunTrialTest {
    private static final String BACKBONE = "backbone.safetensors";

    @TempDir
    Path folder;

    private final Diary diary = new Diary();
    private final Interruption interruption = new Interruption();

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
                        "model",
                        "Completed");
        Completed completed = (Completed) diary.lastEvent();
        assertThat(completed.epochs()).isEqualTo(4);
        assertThat(completed.modelId()).isEqualTo(diary.model.id());
        assertThat(completed.validation().accuracy()).isGreaterThan(0.8);
        assertThat(diary.model.description().validation()).isEqualTo(completed.validation());
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

        assertThat(diary.run(few, TinyNuclei.images("d", 12, 16), folder, interruption))
                .isEqualTo(TrialOutcome.COMPLETED);
    }

    @Test
    void whatIsStoredIsJudgedAsItWillServe() {
        run(request(2, Map.of("averageOrientations", true, "precision", "bf16")));

        assertThat(diary.lines).containsSubsequence("epoch 2", "EpochCompleted", "epoch 2", "model");
        assertThat(diary.model.description().validation())
                .isEqualTo(diary.epochs.get(diary.epochs.size() - 1).validation());
    }

    @Test
    void stopAskedForBeforeTheStartIsAnsweredAtOnce() {
        diary.standingAtClaim = Standing.STOP_REQUESTED;

        assertThat(run(request(2, Map.of()))).isEqualTo(TrialOutcome.STOPPED);
        assertThat(diary.lines).containsExactly("claim", "Stopped");
    }

    @Test
    void stopEndsAfterTheRunningStep() {
        diary.afterEpoch = epoch -> interruption.stop();

        assertThat(run(request(50, Map.of()))).isEqualTo(TrialOutcome.STOPPED);
        assertThat(diary.lines).containsExactly("claim", "Started", "epoch 1", "Stopped");
        assertThat(((Stopped) diary.lastEvent()).epochs()).isEqualTo(1);
    }

    @Test
    void stopIsFoundAtAHeartbeat() {
        diary.standingAtHeartbeat = Standing.STOP_REQUESTED;
        diary.afterEpoch = epoch -> diary.awaitHeartbeat();

        assertThat(run(request(50, Map.of()))).isEqualTo(TrialOutcome.STOPPED);
    }

    @Test
    void trialThatHasEndedIsLeftInSilence() {
        diary.standingAtClaim = Standing.OVERTAKEN;

        assertThat(run(request(2, Map.of()))).isEqualTo(TrialOutcome.OVERTAKEN);
        assertThat(diary.lines).containsExactly("claim");
    }

    @Test
    void overtakenTrialIsLeftInSilence() {
        diary.standingAtEpoch = Standing.OVERTAKEN;
        assertThat(run(request(2, Map.of()))).isEqualTo(TrialOutcome.OVERTAKEN);
        assertThat(diary.lines).containsExactly("claim", "Started", "epoch 1");
    }

    @Test
    void shutdownReleasesInSilence() {
        diary.afterEpoch = epoch -> interruption.shutDown();

        assertThat(run(request(50, Map.of()))).isEqualTo(TrialOutcome.RELEASED);
        assertThat(diary.lines).endsWith("epoch 1");
    }

    @Test
    void outagesArePassedOver() {
        diary.outages = 3;

        assertThat(run(request(1, Map.of()))).isEqualTo(TrialOutcome.COMPLETED);
        assertThat(diary.lines).containsExactly("claim", "Started", "epoch 1", "EpochCompleted", "model", "Completed");
    }

    @Test
    void imagesThatCannotBeReadJustNowAreWaitedFor() {
        diary.outagesOfImages = 3;

        assertThat(run(request(1, Map.of()))).isEqualTo(TrialOutcome.COMPLETED);
        assertThat(diary.outagesOfImages).isZero();
    }

    @Test
    void stopEndsTheWaitForImages() {
        diary.outagesOfImages = Integer.MAX_VALUE;
        diary.standingAtHeartbeat = Standing.STOP_REQUESTED;

        assertThat(run(request(1, Map.of()))).isEqualTo(TrialOutcome.STOPPED);
    }

    @Test
    void shutdownEndsTheWaitForAnOutageToPass() {
        diary.outages = Integer.MAX_VALUE;
        diary.atOutage = () -> interruption.shutDown();

        assertThat(run(request(1, Map.of()))).isEqualTo(TrialOutcome.RELEASED);
        assertThat(diary.lines).isEmpty();
    }

    @Test
    void dataSetIsClosedWhenTheTrialHasEnded() throws IOException {
        diary.afterEpoch = epoch -> interruption.stop();
        run(request(50, Map.of()));
        ImageSource source = (dataset, reader, stillWanted) -> {
            for (LabelledImage image : TinyNuclei.images("other", 3, 16)) {
                reader.accept(image);
            }
        };

        // then a cache that has no room deletes it
        Path cache = folder.resolve("cache");
        new DatasetCache(cache, source, new ImageDecoder(10_000), 0)
                .open(TinyNuclei.registration("other", 3, List.of()), () -> {})
                .close();
        try (Stream<Path> kept = Files.list(cache)) {
            assertThat(kept.filter(Files::isDirectory))
                    .singleElement()
                    .matches(home -> home.getFileName().toString().startsWith("other-"));
        }
    }

    private TrialOutcome run(TrialRequested request) {
        return diary.run(request, TinyTrial.published(), folder, interruption);
    }
}
