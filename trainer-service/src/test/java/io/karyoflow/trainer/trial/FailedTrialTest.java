package io.karyoflow.trainer.trial;

import static io.karyoflow.trainer.trial.TinyTrial.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.common.message.TrialEvent.Failed;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.trainer.TinyNuclei;
import io.karyoflow.trainer.network.Network;
import io.karyoflow.trainer.pretrained.WriteSafeTensors;
import io.karyoflow.trainer.training.DivergedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps a trial from its end, and what is said of it. */
@Timeout(120)
class FailedTrialTest {
    @TempDir
    Path folder;

    private final Diary diary = new Diary();
    private List<LabelledImage> published = TinyTrial.published();

    @Test
    void missingImagesFailTheTrialWithTheReason() {
        published = TinyTrial.published().subList(0, 80);

        assertThat(run(request(1, Map.of()))).isEqualTo(TrialOutcome.FAILED);
        assertThat(((Failed) diary.lastEvent()).reason()).contains("90 images").contains("80 were found");
    }

    /** Whether images are learned from, or what a frozen network sees of them. */
    @ParameterizedTest
    @ValueSource(strings = {"all", "head"})
    void emptyValidationFoldFailsTheTrial(String trainable) throws IOException {
        TrialRequested request = pretrained(trainable);
        TrialRequested other = new TrialRequested(
                "t", 1, "s", request.architecture(), request.hyperparameters(), 1, 0, request.dataset(), 9);

        assertThat(run(other)).isEqualTo(TrialOutcome.FAILED);
        assertThat(((Failed) diary.lastEvent()).reason())
                .isEqualTo("the data set has no images in the validation fold, 9; choose another one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "head"})
    void nothingToTrainOnFailsTheTrial(String trainable) throws IOException {
        published = published.stream().map(FailedTrialTest::inValidationFold).toList();

        assertThat(run(pretrained(trainable))).isEqualTo(TrialOutcome.FAILED);
        assertThat(((Failed) diary.lastEvent()).reason())
                .contains("all images of the data set are in the validation fold, 0")
                .contains("import the data set again");
    }

    @Test
    void diskThatCannotBeWrittenFailsTheTrial() throws IOException {
        Files.writeString(folder.resolve("cache"), "a file where the folder should be");

        assertThat(run(request(1, Map.of()))).isEqualTo(TrialOutcome.FAILED);
        assertThat(((Failed) diary.lastEvent()).reason()).contains("disk of worker worker");
    }

    @Test
    void lossThatIsNoNumberFailsTheTrial() {
        diary.afterEpoch = epoch -> {
            throw new DivergedException("in step 3", Double.NaN, 1.0);
        };

        assertThat(run(request(1, Map.of()))).isEqualTo(TrialOutcome.FAILED);
        assertThat(((Failed) diary.lastEvent()).reason()).contains("NaN").contains("lower learning rate");
    }

    @Test
    void memoryThatDoesNotSufficeFailsTheTrial() {
        diary.afterEpoch = epoch -> {
            throw new OutOfMemoryError("no memory for a tensor");
        };

        assertThat(run(request(1, Map.of()))).isEqualTo(TrialOutcome.FAILED);
        assertThat(((Failed) diary.lastEvent()).reason())
                .contains("out of memory")
                .contains("batchSize");
    }

    /** The tuner would take its worker for lost, and send the request again. */
    @Test
    void aTrialThatFailedIsAliveUntilThatCouldBeSaid() {
        diary.afterEpoch = epoch -> {
            diary.heartbeats = new CountDownLatch(2);
            diary.outages = 1;
            throw new DivergedException("in step 3", Double.NaN, 1.0);
        };
        diary.atOutage = diary::awaitHeartbeat;

        assertThat(run(request(1, Map.of()))).isEqualTo(TrialOutcome.FAILED);
    }

    /** A trial that starts from a weights file, so that features are kept if nothing but the head learns. */
    private TrialRequested pretrained(String trainable) throws IOException {
        TrialRequested request = request(1, Map.of("trainable", trainable, "weights", "backbone.safetensors"));
        Network network = Network.of(request.architecture(), request.hyperparameters(), TinyNuclei.CLASSES.size());
        WriteSafeTensors.to(folder.resolve("backbone.safetensors"), Backbone.of(network));
        return request;
    }

    private static LabelledImage inValidationFold(LabelledImage image) {
        return new LabelledImage(
                image.id(),
                image.dataset(),
                image.filename(),
                image.label(),
                0,
                image.group(),
                image.contentType(),
                image.bytes());
    }

    private TrialOutcome run(TrialRequested request) {
        return diary.run(request, published, folder, new Interruption());
    }
}
