package io.karyoflow.launcher.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Clock clock = RushingClock.by(Duration.ofSeconds(20));
    private final Progress progress = new Progress(new PrintStream(shown), false, clock);

    @Test
    void itWaitsAsLongAsSomethingMoves() {
        Queue<Integer> counts = new ArrayDeque<>(List.of(1, 2, 3, 4));

        int last = patience(() -> {}).await("four", counts::remove, count -> count == 4, count -> count + " of 4");

        assertThat(last).isEqualTo(4);
        assertThat(shown.toString()).contains("1 of 4").contains("4 of 4");
    }

    @Test
    void itGivesUpWhenNothingMovesAndSaysWhatIsMissingAndWhereToLook() {
        assertThatThrownBy(() -> patience(() -> {}).await("4 images", () -> 3, count -> count == 4, c -> c + " of 4"))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("4 images")
                .hasMessageContaining("last seen: 3 of 4")
                .hasMessageContaining("out/logs");
    }

    @Test
    void whatTakesLongerIsGivenLonger() {
        Queue<Integer> counts = new ArrayDeque<>(List.of(1, 1, 1, 1, 1, 1, 2));

        int last = patience(() -> {})
                .withLimit(Duration.ofMinutes(5))
                .await("two", counts::remove, count -> count == 2, count -> count + " of 2");

        assertThat(last).isEqualTo(2);
    }

    @Test
    void aServiceThatIsAwayForAMomentIsWaitedFor() {
        Queue<Boolean> reachable = new ArrayDeque<>(List.of(false, true));

        String answer = patience(() -> {})
                .await(
                        "an answer",
                        () -> {
                            if (!reachable.remove()) {
                                throw new UncheckedIOException(new IOException("refused"));
                            }
                            return "here";
                        },
                        seen -> true,
                        seen -> seen);

        assertThat(answer).isEqualTo("here");
    }

    @Test
    void aProcessThatHasEndedEndsTheWait() {
        Patience patience = patience(() -> {
            throw new JobFailure("the trainer has ended");
        });

        assertThatThrownBy(() -> patience.await("a model", () -> 0, count -> false, count -> "none"))
                .hasMessage("the trainer has ended");
    }

    @Test
    void aProcessThatAStepDoesNotNeedMayHaveEnded() {
        Patience patience = patience(() -> {
            throw new JobFailure("the trainer has ended");
        });

        assertThat(patience.requiring(() -> {}).await("labels", () -> 4, count -> count == 4, count -> count + " of 4"))
                .isEqualTo(4);
    }

    private Patience patience(Runnable requireAlive) {
        return new Patience(progress, clock, Duration.ofMinutes(1), Path.of("out/logs"), requireAlive);
    }
}
