package io.karyoflow.trainer.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karyoflow.common.database.ModelStore;
import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.DatasetRegistered.OffsetRange;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.message.TrialEvent;
import io.karyoflow.common.message.TrialEvent.Completed;
import io.karyoflow.common.message.TrialEvent.EpochCompleted;
import io.karyoflow.common.message.TrialEvent.Failed;
import io.karyoflow.common.message.TrialEvent.Started;
import io.karyoflow.common.message.TrialEvent.Stopped;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.messaging.DeadLetters;
import io.karyoflow.common.messaging.TestTopics;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.validation.PredictionsTable;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.trainer.TinyNuclei;
import io.karyoflow.trainer.persistence.UnpackedPredictions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;

/** A trainer with one slot, asked through Kafka, seen through Kafka and PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(InfrastructureTestResource.class)
@TestProfile(TrialIT.OneSlot.class)
class TrialIT {
    public static class OneSlot implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.test-port", "0",
                    "karyoflow.cache.folder", "target/test-cache/one-slot",
                    "karyoflow.trainer.name", "slot-under-test",
                    // stops must come by way of trial-stops
                    "karyoflow.trainer.heartbeat", "1h");
        }
    }

    @Inject
    Laboratory laboratory;

    @Inject
    DataSource dataSource;

    @Inject
    @Liveness
    SlotsLiveness liveness;

    @Inject
    @Readiness
    SlotsReadiness readiness;

    @Test
    void trainsAndStoresAModelThatLoads(@TempDir Path folder) throws Exception {
        TrialRequested request = laboratory.trial(laboratory.publishDataset(), 1, 3);
        laboratory.send(request);

        List<TrialEvent> events = laboratory.awaitEvent(request, TrialIT::isLast);

        assertThat(events)
                .extracting(event -> (Object) event.getClass())
                .containsExactly(
                        Started.class,
                        EpochCompleted.class,
                        EpochCompleted.class,
                        EpochCompleted.class,
                        Completed.class);
        assertThat(((Started) events.get(0)).worker()).isEqualTo("slot-under-test");
        Completed completed = (Completed) events.get(4);
        // metrics are in the database, as they were said
        List<Double> losses = laboratory.jdbi().withHandle(handle -> handle.select(
                        "SELECT loss FROM trial_epoch WHERE trial_id = ? AND split = 'validation' ORDER BY epoch",
                        request.trialId())
                .mapTo(Double.class)
                .list());
        assertThat(losses)
                .containsExactlyElementsOf(events.subList(1, 4).stream()
                        .map(event -> ((EpochCompleted) event).validation().loss())
                        .toList());
        assertThat(count("trial_epoch WHERE split = 'training' AND learning_rate > 0 AND trial_id", request))
                .isEqualTo(3);
        assertThat(count("trial_report WHERE jsonb_array_length(confusion_matrix) = 3 AND trial_id", request))
                .isEqualTo(3);
        assertThat(count(
                        "dashboards.epoch_class_metrics WHERE support = 10 AND auc BETWEEN 0 AND 1 AND trial_id",
                        request))
                .isEqualTo(9);
        UnpackedPredictions predictions =
                UnpackedPredictions.of(laboratory.jdbi().withHandle(handle -> handle.select(
                                "SELECT csv_gzip FROM validation_predictions WHERE epoch = 3 AND trial_id = ?",
                                request.trialId())
                        .mapTo(byte[].class)
                        .one()));
        assertThat(predictions.rows()).hasSize(30);
        assertThat(predictions.counts(TinyNuclei.CLASSES)).isDeepEqualTo(storedConfusionMatrix(request));
        long mistakes = predictions.rows().stream()
                .filter(row -> !row.get(PredictionsTable.LABEL).equals(row.get(PredictionsTable.PREDICTED)))
                .count();
        assertThat((long) count("mistake_picture WHERE trial_id", request))
                .isEqualTo(Math.min(mistakes, PredictionsTable.SHOWN_MISTAKES));
        assertThat(count("trial WHERE worker = 'slot-under-test' AND heartbeat_at IS NOT NULL AND id", request))
                .isEqualTo(1);
        // and the model can be taken from there
        ModelBundle bundle =
                new ModelStore(dataSource).find(completed.modelId()).orElseThrow();
        assertThat(bundle.description().validation()).isEqualTo(completed.validation());
        bundle.unpack(folder);
        try (SavedModelBundle model = SavedModelBundle.load(folder.toString())) {
            assertThat(model.signatures())
                    .extracting(Signature::key)
                    .contains("serving_default", "preprocess", "logits", "gradient", "activations");
        }
        assertThat(liveness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    private int[][] storedConfusionMatrix(TrialRequested request) {
        String json = laboratory.jdbi().withHandle(handle -> handle.select(
                        "SELECT confusion_matrix FROM trial_report WHERE epoch = 3 AND trial_id = ?", request.trialId())
                .mapTo(String.class)
                .one());
        return MessageJson.read(json, int[][].class);
    }

    @Test
    void stopsWhenAskedThoughAnUnreadableStopCameBeforeAndServesTheNext() {
        TrialRequested endless = laboratory.trial(laboratory.publishDataset(), 1, 100_000);
        TrialRequested next = laboratory.trial(endless.dataset(), 1, 1);
        laboratory.send(endless);
        laboratory.send(next);
        laboratory.awaitEvent(endless, EpochCompleted.class::isInstance);
        laboratory.send(Topics.TRIAL_STOPS, "x", "no JSON".getBytes(StandardCharsets.UTF_8));
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        !laboratory.allOf(Topics.deadLetter(Topics.TRIAL_STOPS)).isEmpty());

        laboratory.sendStop(endless);

        List<TrialEvent> events = laboratory.awaitEvent(endless, TrialIT::isLast);
        assertThat(events.get(events.size() - 1)).isInstanceOf(Stopped.class);
        assertThat(((Stopped) events.get(events.size() - 1)).epochs()).isPositive();
        assertThat(laboratory.awaitEvent(next, TrialIT::isLast)).hasSize(3);
    }

    @Test
    void stopAskedForBeforeIsFoundInTheRow() {
        TrialRequested request = laboratory.trial(laboratory.publishDataset(), 1, 100_000);
        laboratory
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE trial SET stop_reason = 'no longer wanted' WHERE id = ?", request.trialId()));
        laboratory.send(request);

        assertThat(laboratory.awaitEvent(request, TrialIT::isLast))
                .singleElement()
                .isInstanceOf(Stopped.class);
    }

    @Test
    void unreadableRequestFailsItsTrialAndGoesToTheDeadLettersAndTheNextIsServed() {
        TrialRequested next = laboratory.trial(laboratory.publishDataset(), 1, 1);
        TrialRequested lost = laboratory.trial(next.dataset(), 1, 1);
        byte[] unreadable = MessageJson.writeText(lost)
                .replace("\"convnet\"", "\"perceptron\"")
                .getBytes(StandardCharsets.UTF_8);
        laboratory.send(Topics.TRIAL_REQUESTS, "unreadable", unreadable);
        laboratory.send(next);

        assertThat(laboratory.awaitEvent(next, TrialIT::isLast)).hasSize(3);
        assertThat(laboratory.events(lost)).singleElement().isInstanceOf(Failed.class);

        ConsumerRecord<String, byte[]> dead =
                laboratory.allOf(Topics.deadLetter(Topics.TRIAL_REQUESTS)).get(0);
        assertThat(dead.key()).isEqualTo("unreadable");
        assertThat(dead.value()).isEqualTo(unreadable);
        assertThat(TestTopics.header(dead, DeadLetters.REASON)).contains("TrialRequested");
    }

    @Test
    void overtakenAttemptIsSkippedInSilence() {
        TrialRequested second = laboratory.trial(laboratory.publishDataset(), 2, 1);
        TrialRequested first = new TrialRequested(
                second.trialId(),
                1,
                second.studyId(),
                second.architecture(),
                second.hyperparameters(),
                1,
                5,
                second.dataset(),
                0);
        laboratory.send(first);
        laboratory.send(second);

        assertThat(laboratory.awaitEvent(second, TrialIT::isLast)).hasSize(3).allMatch(event -> event.attempt() == 2);
    }

    @Test
    void fewerImagesThanRegisteredFailTheTrialAndTheNextIsServed() {
        DatasetRegistered registered = laboratory.publishDataset();

        assertThatItFailsAndTheNextIsServed(
                TinyNuclei.registration(registered.datasetId(), Laboratory.IMAGES + 4, registered.ranges()),
                registered,
                "94 images",
                "90 were found");
    }

    /** As when Kafka has lost its disk and PostgreSQL has not: there is a topic, but it ends before the data set does. */
    @Test
    void imagesThatAreGoneFailTheTrialAndTheNextIsServed() {
        DatasetRegistered registered = laboratory.publishDataset();
        List<OffsetRange> beyond = registered.ranges().stream()
                .map(range -> new OffsetRange(range.partition(), range.from(), range.to() + 1_000_000))
                .toList();

        assertThatItFailsAndTheNextIsServed(
                TinyNuclei.registration(registered.datasetId(), Laboratory.IMAGES, beyond),
                registered,
                "no longer on the topic");
    }

    /** As when it was made anew with fewer of them. */
    @Test
    void partitionsThatAreGoneFailTheTrialAndTheNextIsServed() {
        DatasetRegistered registered = laboratory.publishDataset();
        List<OffsetRange> elsewhere = registered.ranges().stream()
                .map(range -> new OffsetRange(range.partition() + 1000, range.from(), range.to()))
                .toList();

        assertThatItFailsAndTheNextIsServed(
                TinyNuclei.registration(registered.datasetId(), Laboratory.IMAGES, elsewhere),
                registered,
                "no longer on the topic",
                "no partition 100");
    }

    private void assertThatItFailsAndTheNextIsServed(
            DatasetRegistered unusable, DatasetRegistered usable, String... reason) {
        TrialRequested bad = laboratory.trial(unusable, 1, 1);
        TrialRequested good = laboratory.trial(usable, 1, 1);
        laboratory.send(bad);
        laboratory.send(good);

        List<TrialEvent> events = laboratory.awaitEvent(bad, TrialIT::isLast);
        assertThat(events.get(events.size() - 1))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).contains(reason));
        assertThat(laboratory.awaitEvent(good, TrialIT::isLast)).hasSize(3);
    }

    static boolean isLast(TrialEvent event) {
        return event instanceof Completed || event instanceof Failed || event instanceof Stopped;
    }

    private int count(String fromWhereColumn, TrialRequested request) {
        return laboratory.jdbi().withHandle(handle -> handle.select(
                        "SELECT count(*) FROM " + fromWhereColumn + " = ?", request.trialId())
                .mapTo(Integer.class)
                .one());
    }
}
