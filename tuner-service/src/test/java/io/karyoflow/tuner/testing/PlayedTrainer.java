package io.karyoflow.tuner.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karyoflow.common.database.ModelStore;
import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.message.TrialEvent;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.messaging.CloudEventHeaders;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.model.ModelDescription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jdbi.v3.core.Jdbi;

/** Does to PostgreSQL and Kafka what a trainer does, only that the metrics are made up. */
public final class PlayedTrainer implements AutoCloseable {
    public static final List<String> CLASSES =
            List.of("normal epithelial", "cancer epithelial", "muscle", "immune leukocyte");

    private static final int[][] CONFUSION_MATRIX = {{171, 22, 4, 3}, {31, 160, 6, 3}, {2, 5, 180, 13}, {1, 4, 9, 186}};

    private final Jdbi jdbi;
    private final ModelStore models;
    private final KafkaProducer<String, byte[]> producer;

    public PlayedTrainer(DataSource dataSource, String bootstrapServers) {
        this.jdbi = Jdbi.create(dataSource);
        this.models = new ModelStore(dataSource);
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "compression.type", "gzip",
                        "max.request.size", "5000000"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** A data set as ingest leaves it. */
    public void registerDataset(DatasetRegistered dataset) {
        insertDataset(dataset.datasetId(), "REGISTERED", MessageJson.writeText(dataset));
    }

    public void insertDataset(String id, String state, String registration) {
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO dataset (id, name, state, request, registration)"
                        + " VALUES (?, 'nuclei', ?, '{}', CAST(? AS jsonb)) ON CONFLICT DO NOTHING",
                id,
                state,
                registration));
    }

    /** Takes the trial; false if it may not be trained any more. */
    public boolean take(TrialRequested request, String worker) {
        int rows = jdbi.withHandle(handle -> handle.execute(
                "UPDATE trial SET worker = ?, device = 'CPU', started_at = coalesce(started_at, now()),"
                        + " heartbeat_at = now() WHERE id = ? AND attempt = ? AND state IN ('QUEUED', 'RUNNING')",
                worker,
                request.trialId(),
                request.attempt()));
        if (rows == 1) {
            say(new TrialEvent.Started(
                    request.studyId(), request.trialId(), request.attempt(), Instant.now(), worker, "CPU"));
        }
        return rows == 1;
    }

    public void epoch(TrialRequested request, int epoch, EpochMetrics training, EpochMetrics validation) {
        recordEpoch(request, epoch, "training", training, 1e-3);
        recordEpoch(request, epoch, "validation", validation, null);
        recordReport(request, epoch, validation);
        say(new TrialEvent.EpochCompleted(
                request.studyId(),
                request.trialId(),
                request.attempt(),
                Instant.now(),
                epoch,
                training,
                validation,
                1e-3,
                250));
    }

    private void recordEpoch(TrialRequested request, int epoch, String split, EpochMetrics metrics, Double rate) {
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO trial_epoch (trial_id, epoch, split, attempt, loss, accuracy, macro_f1, learning_rate,"
                        + " images_per_second) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 250)"
                        + " ON CONFLICT (trial_id, epoch, split) DO UPDATE SET attempt = excluded.attempt,"
                        + " loss = excluded.loss, accuracy = excluded.accuracy, macro_f1 = excluded.macro_f1",
                request.trialId(),
                epoch,
                split,
                request.attempt(),
                metrics.loss(),
                metrics.accuracy(),
                metrics.macroF1(),
                rate));
    }

    /** Of as many images as the report of that epoch has, which must be there. */
    public void keepPredictions(TrialRequested request, int epoch) {
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO validation_predictions (trial_id, epoch, csv_gzip) VALUES (?, ?, ?)",
                request.trialId(),
                epoch,
                PlayedPredictions.table(CLASSES, CONFUSION_MATRIX)));
    }

    /** Of the first mistakes in the predictions, which must be there; see {@link PlayedPredictions#picture}. */
    public void keepPictures(TrialRequested request, int count) {
        jdbi.useHandle(handle -> {
            for (int number = 1; number <= count; number++) {
                handle.execute(
                        "INSERT INTO mistake_picture (trial_id, number, png) VALUES (?, ?, ?)",
                        request.trialId(),
                        number,
                        PlayedPredictions.picture(number));
            }
        });
    }

    /** Stores the model and says so; returns the model's id. */
    public String complete(TrialRequested request, EpochMetrics validation) {
        String model = store(request, validation);
        say(completed(request, validation, model));
        return model;
    }

    /** Stores the model without a word; returns the model's id. */
    public String store(TrialRequested request, EpochMetrics validation) {
        ModelBundle bundle = bundle(request, validation, ("weights of " + request.trialId()).getBytes(UTF_8));
        models.save(bundle);
        return bundle.id();
    }

    /** Stores one more model of the trial, whose weights take so many bytes, without a word. */
    public ModelBundle storeLarge(TrialRequested request, EpochMetrics validation, int weightBytes) {
        byte[] weights = new byte[weightBytes];
        new Random(1).nextBytes(weights);
        ModelBundle bundle = bundle(request, validation, weights);
        models.save(bundle);
        return bundle;
    }

    public static TrialEvent completed(TrialRequested request, EpochMetrics validation, String model) {
        return new TrialEvent.Completed(
                request.studyId(),
                request.trialId(),
                request.attempt(),
                Instant.now(),
                request.epochs(),
                validation,
                model);
    }

    /** The mean AUC is the accuracy, so that the reports of epochs can be told apart. */
    private void recordReport(TrialRequested request, int epoch, EpochMetrics validation) {
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO trial_report (trial_id, epoch, attempt, classes, confusion_matrix, per_class, mean_auc,"
                        + " temperature, expected_calibration_error_before, expected_calibration_error_after,"
                        + " brier_score_before, brier_score_after)"
                        + " VALUES (?, ?, ?, CAST(? AS jsonb), CAST(? AS jsonb), CAST(? AS jsonb), ?, 1.42, 0.081,"
                        + " 0.023, 0.317, 0.289)"
                        + " ON CONFLICT (trial_id, epoch) DO UPDATE SET attempt = excluded.attempt,"
                        + " mean_auc = excluded.mean_auc",
                request.trialId(),
                epoch,
                request.attempt(),
                MessageJson.writeText(CLASSES),
                MessageJson.writeText(CONFUSION_MATRIX),
                """
                [{"className":"normal epithelial","precision":0.834,"recall":0.855,"f1":0.844,"support":200,"auc":0.961},
                 {"className":"cancer epithelial","precision":0.838,"recall":0.8,"f1":0.818,"support":200,"auc":0.942},
                 {"className":"muscle","precision":0.905,"recall":0.9,"f1":0.902,"support":200,"auc":0.983},
                 {"className":"immune leukocyte","precision":0.907,"recall":0.93,"f1":0.918,"support":200,"auc":0.974}]""",
                validation.accuracy()));
    }

    private static ModelBundle bundle(TrialRequested request, EpochMetrics validation, byte[] weights) {
        try {
            Path savedModel = Files.createTempDirectory("saved-model");
            Path graph = Files.write(savedModel.resolve("saved_model.pb"), weights);
            ModelBundle bundle = ModelBundle.pack(savedModel, description(request, validation));
            Files.delete(graph);
            Files.delete(savedModel);
            return bundle;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ModelDescription description(TrialRequested request, EpochMetrics validation) {
        return new ModelDescription(
                Architecture.CONVNET,
                Hyperparameters.DEFAULTS,
                request.dataset().classes(),
                32,
                32,
                null,
                validation,
                1.42,
                request.dataset().datasetId(),
                request.validationFold(),
                request.epochs(),
                request.seed(),
                request.studyId(),
                request.trialId(),
                "test",
                null);
    }

    /** An empty one, but it says who has left it. */
    public void leaveCheckpoint(TrialRequested request) {
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO trial_checkpoint (trial_id, attempt, epoch, step, size_bytes, sha256)"
                        + " VALUES (?, ?, 1, 0, 0, '')"
                        + " ON CONFLICT (trial_id) DO UPDATE SET attempt = excluded.attempt",
                request.trialId(),
                request.attempt()));
    }

    /** As if the worker had vanished {@code minutes} ago. */
    public void fallSilent(TrialRequested request, int minutes) {
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE trial SET heartbeat_at = now() - make_interval(mins => ?) WHERE id = ?",
                minutes,
                request.trialId()));
    }

    public void fail(TrialRequested request, String reason) {
        say(new TrialEvent.Failed(request.studyId(), request.trialId(), request.attempt(), Instant.now(), reason));
    }

    public void stopped(TrialRequested request, int epochs) {
        say(new TrialEvent.Stopped(request.studyId(), request.trialId(), request.attempt(), Instant.now(), epochs));
    }

    public void say(TrialEvent event) {
        say(event.trialId(), MessageJson.write(event));
    }

    public void say(String key, byte[] value) {
        say(key, value, CloudEventHeaders.of("TrialEvent", "trainer", CloudEventHeaders.JSON));
    }

    public void say(String key, byte[] value, Headers headers) {
        try {
            producer.send(new ProducerRecord<>(Topics.TRIAL_EVENTS, null, key, value, headers))
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
