package io.karyoflow.trainer.persistence;

import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.validation.ValidatedImage;
import io.karyoflow.trainer.evaluation.Calibration;
import io.karyoflow.trainer.trial.EpochResult;
import io.karyoflow.trainer.trial.Standing;
import io.karyoflow.trainer.trial.TrialRecorder;
import io.karyoflow.trainer.trial.TrialReport;
import io.karyoflow.trainer.trial.Worker;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * A trial's rows. The row of the trial is locked first, and must still name this worker and attempt: so of two workers
 * that believe to have one trial, only the later writes.
 */
@Singleton
public class PostgresTrialRecorder implements TrialRecorder {
    private final Jdbi jdbi;

    PostgresTrialRecorder(DataSource dataSource) {
        this.jdbi = Jdbi.create(dataSource);
    }

    @Override
    public Standing claim(TrialRequested request, Worker worker) {
        return Outages.reported(
                "cannot claim trial " + request.trialId(),
                () -> jdbi.inTransaction(handle -> {
                    Optional<Boolean> stop = handle.createQuery(
                                    """
                            UPDATE trial
                            SET worker = :worker, device = :device,
                                started_at = COALESCE(started_at, now()), heartbeat_at = now()
                            WHERE id = :trial AND attempt = :attempt AND state IN ('QUEUED', 'RUNNING')
                            RETURNING stop_reason IS NOT NULL""")
                            .bind("worker", worker.name())
                            .bind("device", worker.device())
                            .bind("trial", request.trialId())
                            .bind("attempt", request.attempt())
                            .mapTo(Boolean.class)
                            .findOne();
                    return standing(stop);
                }));
    }

    @Override
    public Standing resume(TrialRequested request, Worker worker, int epochsDone) {
        return Outages.reported(
                "cannot forget the epochs of trial " + request.trialId() + " that are trained again",
                () -> jdbi.inTransaction(handle -> {
                    Standing standing = beat(handle, request, worker);
                    if (standing != Standing.OVERTAKEN) {
                        forgetAfter(handle, "trial_epoch", request, epochsDone);
                        forgetAfter(handle, "trial_report", request, epochsDone);
                    }
                    return standing;
                }));
    }

    private static void forgetAfter(Handle handle, String table, TrialRequested request, int epochsDone) {
        handle.createUpdate("DELETE FROM " + table + " WHERE trial_id = :trial AND epoch > :done")
                .bind("trial", request.trialId())
                .bind("done", epochsDone)
                .execute();
    }

    @Override
    public Standing heartbeat(TrialRequested request, Worker worker) {
        return Outages.reported(
                "cannot show that trial " + request.trialId() + " is alive",
                () -> jdbi.withHandle(handle -> beat(handle, request, worker)));
    }

    @Override
    public Standing record(TrialRequested request, Worker worker, EpochResult epoch) {
        return Outages.reported(
                "cannot record epoch " + epoch.epoch() + " of trial " + request.trialId(),
                () -> jdbi.inTransaction(handle -> record(handle, request, worker, epoch)));
    }

    private static Standing record(Handle handle, TrialRequested request, Worker worker, EpochResult epoch) {
        Standing standing = beat(handle, request, worker);
        if (standing != Standing.OVERTAKEN) {
            upsert(handle, request, worker, epoch, "training", epoch.training(), epoch.learningRate());
            upsert(handle, request, worker, epoch, "validation", epoch.validation(), null);
            upsertReport(handle, request, epoch);
        }
        return standing;
    }

    @Override
    public Standing conclude(
            TrialRequested request,
            Worker worker,
            EpochResult last,
            Iterable<ValidatedImage> images,
            List<byte[]> pictures) {
        ValidationPredictions predictions = ValidationPredictions.pack(request, last, images, pictures);
        return Outages.reported(
                "cannot record the end of trial " + request.trialId(),
                () -> jdbi.inTransaction(handle -> {
                    Standing standing = record(handle, request, worker, last);
                    if (standing == Standing.HELD) {
                        predictions.replace(handle);
                    }
                    return standing;
                }));
    }

    private static Standing beat(Handle handle, TrialRequested request, Worker worker) {
        return standing(handle.createQuery(
                        """
                        UPDATE trial SET heartbeat_at = now()
                        WHERE id = :trial AND attempt = :attempt AND worker = :worker
                          AND state IN ('QUEUED', 'RUNNING')
                        RETURNING stop_reason IS NOT NULL""")
                .bind("trial", request.trialId())
                .bind("attempt", request.attempt())
                .bind("worker", worker.name())
                .mapTo(Boolean.class)
                .findOne());
    }

    /** @param stop whether a stop is asked for; empty if no row is the worker's */
    private static Standing standing(Optional<Boolean> stop) {
        return stop.map(asked -> asked ? Standing.STOP_REQUESTED : Standing.HELD)
                .orElse(Standing.OVERTAKEN);
    }

    private static void upsert(
            Handle handle,
            TrialRequested request,
            Worker worker,
            EpochResult epoch,
            String split,
            EpochMetrics metrics,
            Double learningRate) {
        handle.createUpdate(
                        """
                        INSERT INTO trial_epoch (trial_id, epoch, split, attempt, loss, accuracy, macro_f1,
                                                 learning_rate, images_per_second, worker, device)
                        VALUES (:trial, :epoch, :split, :attempt, :loss, :accuracy, :macroF1, :learningRate, :speed,
                                :worker, :device)
                        ON CONFLICT (trial_id, epoch, split) DO UPDATE
                        SET attempt = excluded.attempt, loss = excluded.loss, accuracy = excluded.accuracy,
                            macro_f1 = excluded.macro_f1, learning_rate = excluded.learning_rate,
                            images_per_second = excluded.images_per_second, worker = excluded.worker,
                            device = excluded.device, recorded_at = now()""")
                .bind("trial", request.trialId())
                .bind("epoch", epoch.epoch())
                .bind("split", split)
                .bind("attempt", request.attempt())
                .bind("loss", metrics.loss())
                .bind("accuracy", metrics.accuracy())
                .bind("macroF1", metrics.macroF1())
                .bind("learningRate", learningRate)
                .bind(
                        "speed",
                        learningRate == null ? epoch.validationImagesPerSecond() : epoch.trainingImagesPerSecond())
                .bind("worker", worker.name())
                .bind("device", worker.device())
                .execute();
    }

    private static void upsertReport(Handle handle, TrialRequested request, EpochResult epoch) {
        TrialReport report = epoch.report();
        Calibration calibration = report.calibration();
        handle.createUpdate(
                        """
                        INSERT INTO trial_report (trial_id, epoch, attempt, classes, confusion_matrix, per_class, mean_auc,
                                                  temperature, expected_calibration_error_before,
                                                  expected_calibration_error_after, brier_score_before,
                                                  brier_score_after)
                        VALUES (:trial, :epoch, :attempt, CAST(:classes AS jsonb), CAST(:matrix AS jsonb),
                                CAST(:perClass AS jsonb), :meanAuc, :temperature, :errorBefore, :errorAfter,
                                :brierBefore, :brierAfter)
                        ON CONFLICT (trial_id, epoch) DO UPDATE
                        SET attempt = excluded.attempt, classes = excluded.classes,
                            confusion_matrix = excluded.confusion_matrix, per_class = excluded.per_class,
                            mean_auc = excluded.mean_auc, temperature = excluded.temperature,
                            expected_calibration_error_before = excluded.expected_calibration_error_before,
                            expected_calibration_error_after = excluded.expected_calibration_error_after,
                            brier_score_before = excluded.brier_score_before,
                            brier_score_after = excluded.brier_score_after, recorded_at = now()""")
                .bind("trial", request.trialId())
                .bind("epoch", epoch.epoch())
                .bind("attempt", request.attempt())
                .bind("classes", MessageJson.writeText(report.classes()))
                .bind("matrix", MessageJson.writeText(report.confusionMatrix()))
                .bind("perClass", MessageJson.writeText(report.perClass()))
                .bind("meanAuc", report.meanAuc())
                .bind("temperature", calibration.temperature())
                .bind("errorBefore", calibration.errorBefore())
                .bind("errorAfter", calibration.errorAfter())
                .bind("brierBefore", calibration.brierScoreBefore())
                .bind("brierAfter", calibration.brierScoreAfter())
                .execute();
    }
}
