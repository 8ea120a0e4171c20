package io.karyoflow.trainer.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karyoflow.common.message.Topics;
import io.karyoflow.common.message.TrialEvent;
import io.karyoflow.common.message.TrialEvent.EpochCompleted;
import io.karyoflow.common.message.TrialEvent.Started;
import io.karyoflow.common.message.TrialEvent.Stopped;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.messaging.CreateTopics;
import io.karyoflow.embedded.EmbeddedKafka;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.trainer.trial.RunningTrials;
import io.karyoflow.trainer.trial.TrialTools;
import io.karyoflow.trainer.trial.Worker;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has which request, with slots that come and go. */
@QuarkusTest
@QuarkusTestResource(InfrastructureTestResource.class)
@TestProfile(HandoverIT.NoSlot.class)
class HandoverIT {
    public static class NoSlot implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.test-port", "0",
                    "karyoflow.cache.folder", "target/test-cache/handover",
                    "karyoflow.trainer.slots", "0",
                    "karyoflow.trainer.heartbeat", "200ms");
        }
    }

    /** Of a request, where a test waits for its end; the broker's own is 30 s. It is renewed each third of that. */
    private static final Duration HOLD = Duration.ofSeconds(6);

    @Inject
    Laboratory laboratory;

    @Inject
    KafkaConnection connection;

    @Inject
    TrainersGroup group;

    @Inject
    EventProducer producer;

    @Inject
    RunningTrials running;

    @Inject
    TrialTools tools;

    private final List<TrialSlot> slots = new ArrayList<>();

    @AfterEach
    void stopSlots() throws InterruptedException {
        slots.forEach(TrialSlot::requestStop);
        for (TrialSlot slot : slots) {
            slot.awaitEnd(Duration.ofSeconds(20));
        }
    }

    @Test
    void slotThatShutsDownHandsItsTrialToAnotherWhichGoesOn() {
        TrialRequested request = laboratory.trial(laboratory.publishDataset(), 1, 100_000);
        laboratory.send(request);
        TrialSlot first = slot("first");
        laboratory.awaitEvent(request, event -> event instanceof EpochCompleted done && done.epoch() >= 3);

        slot("second");
        first.requestStop();

        List<TrialEvent> events = await().atMost(Duration.ofSeconds(60))
                .until(() -> laboratory.events(request), all -> all.stream()
                        .dropWhile(event -> !isStartOf("second", event))
                        .anyMatch(EpochCompleted.class::isInstance));
        List<Integer> epochs = events.stream()
                .filter(EpochCompleted.class::isInstance)
                .map(event -> ((EpochCompleted) event).epoch())
                .toList();
        // none is trained a second time
        assertThat(epochs).isSorted().doesNotHaveDuplicates();
        askToStop(request);
        laboratory.awaitEvent(request, Stopped.class::isInstance);
    }

    private static boolean isStartOf(String worker, TrialEvent event) {
        return event instanceof Started started && started.worker().equals(worker);
    }

    @Test
    void renewalKeepsARequestPastTheLockAndTakesNoOther() throws Exception {
        // Given two trials for one slot
        changeHold(connection, AlterConfigOp.OpType.SET);
        TrialRequested one = laboratory.trial(laboratory.publishDataset(), 1, 100_000);
        TrialRequested two = laboratory.trial(one.dataset(), 1, 100_000);
        laboratory.send(one);
        laboratory.send(two);
        slot("only");
        laboratory.awaitEvent(one, Started.class::isInstance);

        // When the hold would have ended
        Instant past = Instant.now().plus(HOLD).plusSeconds(2);
        await().atMost(Duration.ofSeconds(60)).until(() -> Instant.now().isAfter(past));

        // Then the other trial still waits; and each starts once
        assertThat(laboratory.events(two)).isEmpty();
        askToStop(one);
        laboratory.awaitEvent(one, Stopped.class::isInstance);
        laboratory.awaitEvent(two, Started.class::isInstance);
        askToStop(two);
        laboratory.awaitEvent(two, Stopped.class::isInstance);
        assertThat(started(one)).isEqualTo(1);
        assertThat(started(two)).isEqualTo(1);
        changeHold(connection, AlterConfigOp.OpType.DELETE);
    }

    private static void changeHold(KafkaConnection connection, AlterConfigOp.OpType how) throws Exception {
        ConfigResource trainers = new ConfigResource(ConfigResource.Type.GROUP, Topics.TRAINERS_SHARE_GROUP);
        ConfigEntry hold = new ConfigEntry("share.record.lock.duration.ms", Long.toString(HOLD.toMillis()));
        try (Admin admin = Admin.create(connection.settings())) {
            admin.incrementalAlterConfigs(Map.of(trainers, List.of(new AlterConfigOp(hold, how))))
                    .all()
                    .get();
        }
    }

    /** Whose requests come from a broker of its own; all else goes on as if nothing had happened. */
    @Test
    void slotWhoseBrokerCrashesInMidTrialTakesTheNextTrialAfterwards(@TempDir Path folder) throws Exception {
        TrialRequested one = laboratory.trial(laboratory.publishDataset(), 1, 100_000);
        TrialRequested two = laboratory.trial(one.dataset(), 1, 100_000);
        try (EmbeddedKafka broker =
                EmbeddedKafka.startToCrash(folder, Path.of("target", "embedded-logs", "crashing-kafka.log"))) {
            KafkaConnection toIt =
                    new KafkaConnection(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
            CreateTopics.in(toIt.settings());
            changeHold(toIt, AlterConfigOp.OpType.SET);
            laboratory.sendTo(broker.bootstrapServers(), one);
            laboratory.sendTo(broker.bootstrapServers(), two);
            slot("only", new TrainersGroup(toIt));
            laboratory.awaitEvent(one, Started.class::isInstance);

            broker.crash();
            Instant renewed = Instant.now().plus(HOLD.dividedBy(2)); // by then it was renewed once more, or lost
            await().atMost(Duration.ofSeconds(60)).until(() -> Instant.now().isAfter(renewed));
            askToStop(one);
            laboratory.awaitEvent(one, Stopped.class::isInstance);

            laboratory.awaitEvent(two, Started.class::isInstance);
            askToStop(two);
            laboratory.awaitEvent(two, Stopped.class::isInstance);
            stopSlots(); // while they have a broker to take leave of
        }
    }

    private TrialSlot slot(String name) {
        return slot(name, group);
    }

    private TrialSlot slot(String name, TrainersGroup group) {
        TrialSlot slot = new TrialSlot(new Worker(name, "CPU"), group, producer, running, tools);
        slots.add(slot);
        slot.start();
        return slot;
    }

    private void askToStop(TrialRequested request) {
        laboratory
                .jdbi()
                .useHandle(handle ->
                        handle.execute("UPDATE trial SET stop_reason = 'test' WHERE id = ?", request.trialId()));
    }

    private long started(TrialRequested request) {
        List<TrialEvent> events = laboratory.events(request);
        return events.stream().filter(Started.class::isInstance).count();
    }
}
