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
import io.karyoflow.trainer.evaluation.Predictions;
import io.karyoflow.trainer.network.WeightValues;
import io.karyoflow.trainer.training.TrainingState;
import io.karyoflow.trainer.trial.Checkpoint;
import io.karyoflow.trainer.trial.CheckpointFormat;
import io.karyoflow.trainer.trial.Plateau;
import io.karyoflow.trainer.trial.RunningTrials;
import io.karyoflow.trainer.trial.TrialTools;
import io.karyoflow.trainer.trial.Worker;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
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

    @Test
    void checkpointsAreReplacedAndForgottenWithTheirTrial() {
        TrialRequested request = laboratory.trial(laboratory.publishDataset(), 1, 5);
        Worker worker = new Worker("mine", "CPU");
        tools.recorder().claim(request, worker);
        Checkpoint first = checkpoint(2, 3, 1.5f);
        Checkpoint second = checkpoint(4, 0, -2.25f);

        assertThat(tools.checkpoints().latest(request)).isEmpty();
        assertThat(tools.checkpoints().save(request, worker, first)).isTrue();
        assertSame(tools.checkpoints().latest(request).orElseThrow(), first);
        assertThat(tools.checkpoints().save(request, new Worker("other", "CPU"), second))
                .isFalse();
        assertSame(tools.checkpoints().latest(request).orElseThrow(), first);
        assertThat(tools.checkpoints().save(request, worker, second)).isTrue();
        assertSame(tools.checkpoints().latest(request).orElseThrow(), second);

        laboratory.jdbi().useHandle(handle -> {
            handle.execute(
                    "UPDATE trial_checkpoint_part SET bytes = set_byte(bytes, 1000, 1) WHERE trial_id = ? AND part = 1",
                    request.trialId());
        });
        assertThat(tools.checkpoints().latest(request))
                .as("one that was damaged")
                .isEmpty();

        laboratory
                .jdbi()
                .useHandle(
                        handle -> handle.execute("UPDATE trial SET state = 'FAILED' WHERE id = ?", request.trialId()));
        int parts = laboratory.jdbi().withHandle(handle -> handle.select(
                        "SELECT count(*) FROM trial_checkpoint_part WHERE trial_id = ?", request.trialId())
                .mapTo(Integer.class)
                .one());
        assertThat(parts).isZero();
    }

    @Test
    void checkpointIsOfTheAttemptThatFirstGotToItsPlace() {
        TrialRequested first = laboratory.trial(laboratory.publishDataset(), 1, 5);
        Worker worker = new Worker("mine", "CPU");
        tools.recorder().claim(first, worker);
        tools.checkpoints().save(first, worker, checkpoint(2, 3, 1));
        TrialRequested second = new TrialRequested(
                first.trialId(),
                2,
                first.studyId(),
                first.architecture(),
                first.hyperparameters(),
                first.epochs(),
                first.seed(),
                first.dataset(),
                first.validationFold());
        laboratory
                .jdbi()
                .useHandle(handle -> handle.execute("UPDATE trial SET attempt = 2 WHERE id = ?", first.trialId()));
        tools.recorder().claim(second, worker);

        tools.checkpoints().save(second, worker, checkpoint(2, 3, 1));
        assertThat(attemptOfCheckpoint(first)).isEqualTo(1);
        tools.checkpoints().save(second, worker, checkpoint(2, 4, 1));
        assertThat(attemptOfCheckpoint(first)).isEqualTo(2);
    }

    private int attemptOfCheckpoint(TrialRequested request) {
        return laboratory.jdbi().withHandle(handle -> handle.select(
                        "SELECT attempt FROM trial_checkpoint WHERE trial_id = ?", request.trialId())
                .mapTo(Integer.class)
                .one());
    }

    /** Of several parts. */
    private static Checkpoint checkpoint(int epoch, int step, float value) {
        float[] values = new float[3_000_000];
        Arrays.fill(values, value);
        Predictions learned = new Predictions(3);
        learned.add(new float[][] {{1, 2, 3}, {value, 0, 1}}, new int[] {2, 0});
        Map<String, WeightValues> weights = Map.of("filter", new WeightValues(new long[] {1000, 3000}, values));
        TrainingState state = new TrainingState(77, weights, Map.of(), weights);
        return new Checkpoint(epoch, step, Duration.ofNanos(1_234), learned, new Plateau(0.5, 1), state);
    }

    /** As bytes: a recursive comparison of millions of numbers takes a minute. */
    private static void assertSame(Checkpoint actual, Checkpoint expected) {
        assertThat(bytes(actual)).isEqualTo(bytes(expected));
    }

    private static byte[] bytes(Checkpoint checkpoint) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CheckpointFormat.write(checkpoint, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static boolean isStartOf(String worker, TrialEvent event) {
        return event instanceof Started started && started.worker().equals(worker);
    }

    @Test
    void renewalKeepsARequestPastTheLockAndTakesNoOther() throws Exception {
        // Given the shortest hold that a broker allows, and two trials for one slot
        Duration hold = Duration.ofSeconds(15);
        ConfigResource trainers = new ConfigResource(ConfigResource.Type.GROUP, Topics.TRAINERS_SHARE_GROUP);
        try (Admin admin = Admin.create(connection.settings())) {
            ConfigEntry entry = new ConfigEntry("share.record.lock.duration.ms", Long.toString(hold.toMillis()));
            admin.incrementalAlterConfigs(Map.of(trainers, List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
        TrialRequested one = laboratory.trial(laboratory.publishDataset(), 1, 100_000);
        TrialRequested two = laboratory.trial(one.dataset(), 1, 100_000);
        laboratory.send(one);
        laboratory.send(two);
        slot("only");
        laboratory.awaitEvent(one, Started.class::isInstance);

        // When the hold would have ended
        Instant past = Instant.now().plus(hold).plusSeconds(4);
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
            laboratory.sendTo(broker.bootstrapServers(), one);
            laboratory.sendTo(broker.bootstrapServers(), two);
            slot("only", new TrainersGroup(toIt));
            laboratory.awaitEvent(one, Started.class::isInstance);

            broker.crash();
            Instant renewed = Instant.now().plusSeconds(15); // the hold is renewed each 10 s, or lost
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
