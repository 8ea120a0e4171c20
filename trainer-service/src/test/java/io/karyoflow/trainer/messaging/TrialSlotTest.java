package io.karyoflow.trainer.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.trainer.trial.RunningTrials;
import io.karyoflow.trainer.trial.TrialTools;
import io.karyoflow.trainer.trial.Worker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a slot does that has no trial. */
@Timeout(60)
class TrialSlotTest {
    private static final Duration LONGEST_TURN = Duration.ofMinutes(5);

    private final List<Boolean> alive = new CopyOnWriteArrayList<>();
    private final CountDownLatch attempts = new CountDownLatch(2);
    private volatile Instant now = Instant.EPOCH;
    private TrialSlot slot;

    /** Whoever asks for liveness would end the whole trainer, with the slots that train. */
    @Test
    void aSlotThatCannotJoinBecauseKafkaIsAwayIsAliveAndSaysWhyItIsNotReady() throws Exception {
        InstantSource clock = () -> now;
        TrialTools tools =
                new TrialTools(null, null, null, null, null, null, null, null, null, clock.withZone(ZoneOffset.UTC));
        slot = new TrialSlot(new Worker("idle", "CPU"), new AwayForLong(), null, new RunningTrials(), tools);

        slot.start();
        attempts.await();
        slot.requestStop();
        slot.awaitEnd(Duration.ofSeconds(30));

        assertThat(alive).isNotEmpty().containsOnly(true);
        HealthCheckResponse ready = new SlotsReadiness(new OnlyThisSlot()).call();
        assertThat(ready.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(ready.getData().orElseThrow()).containsOnly(Map.entry("idle tries again after", "nobody there"));
    }

    /** Where others before it have used up the time, a slot that is busy must not be waited for without end. */
    @Test
    void whoHasNoPatienceLeftDoesNotWaitForASlotThatIsBusy() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        TrainersGroup slow = new TrainersGroup(null) {
            @Override
            void startAtEarliest() {
                begun.countDown();
                try {
                    busy.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new KafkaException("nobody there");
            }
        };
        TrialTools tools = new TrialTools(null, null, null, null, null, null, null, null, null, Clock.systemUTC());
        slot = new TrialSlot(new Worker("idle", "CPU"), slow, null, new RunningTrials(), tools);

        slot.start();
        begun.await();
        slot.requestStop();
        slot.awaitEnd(Duration.ZERO);
        slot.awaitEnd(Duration.ofSeconds(-1));

        assertThat(slot.isAlive(LONGEST_TURN)).isTrue();
        busy.countDown();
        slot.awaitEnd(Duration.ofSeconds(30));
    }

    private final class OnlyThisSlot extends TrialSlots {
        OnlyThisSlot() {
            super(null, null, null, null, null);
        }

        @Override
        List<TrialSlot> slots() {
            return List.of(slot);
        }
    }

    /** Each attempt to join takes as long as a client waits. */
    private final class AwayForLong extends TrainersGroup {
        AwayForLong() {
            super(null);
        }

        @Override
        void startAtEarliest() {
            now = now.plus(Duration.ofMinutes(4));
            alive.add(slot.isAlive(LONGEST_TURN));
            attempts.countDown();
            throw new KafkaException("nobody there");
        }
    }
}
