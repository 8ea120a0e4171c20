package io.karyoflow.trainer.trial;

import static io.karyoflow.trainer.trial.TinyTrial.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.TrialRequested;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a trial waits for, and what ends the waiting. */
@Timeout(120)
class OutageTrialTest {
    @TempDir
    Path folder;

    private final Diary diary = new Diary();
    private final Interruption interruption = new Interruption();

    @Test
    void outagesArePassedOver() {
        diary.outages = 3;

        assertThat(run(request(1, Map.of()))).isEqualTo(TrialOutcome.COMPLETED);
        assertThat(diary.lines)
                .containsExactly("claim", "Started", "epoch 1", "EpochCompleted", "conclusion", "model", "Completed");
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

    private TrialOutcome run(TrialRequested request) {
        return diary.run(request, TinyTrial.published(), folder, interruption);
    }
}
