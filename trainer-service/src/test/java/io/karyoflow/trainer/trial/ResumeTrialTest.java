package io.karyoflow.trainer.trial;

import static io.karyoflow.trainer.trial.TinyTrial.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.TrialRequested;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a worker makes of a trial that another has left. */
@Timeout(120)
class ResumeTrialTest {
    @TempDir
    Path folder;

    private final Diary diary = new Diary();

    /** Killed after some steps of the second epoch, and once more in the third. */
    @Test
    void aTrialThatIsKilledEndsAsOneThatWasNot() {
        Map<String, Object> much = Map.of(
                "dropout",
                0.2,
                "weightAveraging",
                0.9,
                "stainJitter",
                0.1,
                "mixup",
                0.2,
                "schedule",
                "onecycle",
                "averageOrientations",
                true,
                "ghostBatches",
                2);
        run(request(3, much));
        List<EpochResult> whole = List.copyOf(diary.epochs);
        EpochResult wholeConclusion = diary.conclusion;
        String wholeModel = diary.model.id();
        diary.epochs.clear();

        diary.checkpointInterval = Duration.ZERO;
        for (int steps : new int[] {11, 9}) {
            diary.threads = 3 - diary.threads; // on a trainer of two threads, then again on one of one
            int[] left = {steps};
            diary.afterCheckpoint = () -> {
                if (--left[0] == 0) {
                    throw new TrialInterruptedException(TrialOutcome.OVERTAKEN);
                }
            };
            assertThat(run(request(3, much))).isEqualTo(TrialOutcome.OVERTAKEN);
        }
        diary.afterCheckpoint = () -> {};
        assertThat(run(request(3, much))).isEqualTo(TrialOutcome.COMPLETED);

        assertThat(diary.epochs).hasSameSizeAs(whole).hasSize(3);
        for (int i = 0; i < whole.size(); i++) {
            assertThat(diary.epochs.get(i).training()).isEqualTo(whole.get(i).training());
            assertThat(diary.epochs.get(i).validation()).isEqualTo(whole.get(i).validation());
            assertThat(diary.epochs.get(i).learningRate())
                    .isEqualTo(whole.get(i).learningRate());
        }
        assertThat(diary.conclusion.validation()).isEqualTo(wholeConclusion.validation());
        assertThat(diary.model.id()).isEqualTo(wholeModel);
    }

    @Test
    void checkpointOfAnotherNetworkIsNotUsed() {
        diary.checkpointInterval = Duration.ZERO;
        run(request(1, Map.of("width", 8)));

        assertThat(run(request(1, Map.of("width", 4)))).isEqualTo(TrialOutcome.COMPLETED);
    }

    @Test
    void aClockThatIsPutBackDoesNotKeepCheckpointsWaiting() {
        diary.checkpointInterval = Duration.ofSeconds(30);
        diary.tick = Duration.ofHours(-1);

        run(request(1, Map.of()));

        assertThat(diary.checkpoint).isNotNull();
    }

    /** Trainers end, too, while Kafka is away: after an epoch is in the database, and before it could be said. */
    @Test
    void anEpochThatWasRecordedButNotSaidIsSaidByTheNextWorker() {
        Interruption interruption = new Interruption();
        diary.afterEpoch = epoch -> {
            if (epoch.epoch() == 2) {
                interruption.shutDown();
            }
        };
        assertThat(run(request(3, Map.of()), interruption)).isEqualTo(TrialOutcome.RELEASED);
        assertThat(diary.lines).endsWith("epoch 1", "EpochCompleted", "epoch 2");
        EpochResult unsaid = diary.lastEpoch();
        diary.lines.clear();
        diary.afterEpoch = epoch -> {};

        assertThat(run(request(3, Map.of()))).isEqualTo(TrialOutcome.COMPLETED);

        assertThat(diary.lines)
                .containsExactly(
                        "claim",
                        "Started",
                        "epoch 2",
                        "EpochCompleted",
                        "epoch 3",
                        "EpochCompleted",
                        "conclusion",
                        "model",
                        "Completed");
        EpochResult said = diary.epochs.get(1);
        assertThat(said.training()).isEqualTo(unsaid.training());
        assertThat(said.validation()).isEqualTo(unsaid.validation());
        assertThat(said.trainingImagesPerSecond()).isEqualTo(unsaid.trainingImagesPerSecond());
    }

    @Test
    void aTrialThatWasReleasedAfterItsLastEpochIsCompletedByTheNextWorker() {
        Interruption interruption = new Interruption();
        diary.afterEpoch = epoch -> interruption.shutDown();
        assertThat(run(request(1, Map.of()), interruption)).isEqualTo(TrialOutcome.RELEASED);
        diary.lines.clear();
        diary.afterEpoch = epoch -> {};

        assertThat(run(request(1, Map.of()))).isEqualTo(TrialOutcome.COMPLETED);
        assertThat(diary.lines)
                .containsExactly("claim", "Started", "epoch 1", "EpochCompleted", "conclusion", "model", "Completed");
    }

    private TrialOutcome run(TrialRequested request) {
        return run(request, new Interruption());
    }

    private TrialOutcome run(TrialRequested request, Interruption interruption) {
        return diary.run(request, TinyTrial.published(), folder, interruption);
    }
}
