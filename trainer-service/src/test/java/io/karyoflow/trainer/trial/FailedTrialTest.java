package io.karyoflow.trainer.trial;

import static io.karyoflow.trainer.trial.TinyTrial.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.common.message.TrialEvent.Failed;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.trainer.training.DivergedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void emptyValidationFoldFailsTheTrial() {
        TrialRequested request = request(1, Map.of());
        TrialRequested other = new TrialRequested(
                "t", 1, "s", request.architecture(), request.hyperparameters(), 1, 0, request.dataset(), 9);

        assertThat(run(other)).isEqualTo(TrialOutcome.FAILED);
        assertThat(((Failed) diary.lastEvent()).reason()).contains("validation fold");
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

    private TrialOutcome run(TrialRequested request) {
        return diary.run(request, published, folder, new Interruption());
    }
}
