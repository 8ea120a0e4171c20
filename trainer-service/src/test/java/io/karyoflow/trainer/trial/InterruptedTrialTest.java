package io.karyoflow.trainer.trial;

import static io.karyoflow.trainer.trial.TinyTrial.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.common.message.TrialEvent.Stopped;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.trainer.TinyNuclei;
import io.karyoflow.trainer.data.DatasetCache;
import io.karyoflow.trainer.data.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a trial ends that is stopped, overtaken or shut down, and what it leaves behind. */
@Timeout(120)
class InterruptedTrialTest {
    @TempDir
    Path folder;

    private final Diary diary = new Diary();
    private final Interruption interruption = new Interruption();

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
