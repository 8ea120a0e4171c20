package io.karyoflow.trainer.persistence;

import static io.karyoflow.trainer.persistence.QueuedTrial.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.validation.ClassMetrics;
import io.karyoflow.common.validation.ValidatedImage;
import io.karyoflow.trainer.evaluation.Calibration;
import io.karyoflow.trainer.evaluation.Predictions;
import io.karyoflow.trainer.trial.EpochResult;
import io.karyoflow.trainer.trial.Standing;
import io.karyoflow.trainer.trial.TrialReport;
import io.karyoflow.trainer.trial.Worker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** What is in the tables after a trial's epochs, and after those of another attempt. */
class PostgresTrialRecorderIT {
    private static final Worker FIRST = new Worker("first", "CPU");
    private static final Worker SECOND = new Worker("second", "CPU");

    /** One mistake, as the report has it. */
    private static final List<ValidatedImage> IMAGES = List.of(
            new ValidatedImage("wrong.png", "slide", 0, 1, new double[] {0.1, 0.9}),
            new ValidatedImage("a.png", "", 0, 0, new double[] {0.8, 0.2}),
            new ValidatedImage("b.png", "", 0, 0, new double[] {0.8, 0.2}),
            new ValidatedImage("c.png", "", 0, 0, new double[] {0.8, 0.2}));

    /** Two, though there is one mistake, to see in which order they are kept. */
    private static final List<byte[]> PICTURES = List.of(new byte[] {1, 2, 3}, new byte[] {4, 5});

    private final QueuedTrial trial = new QueuedTrial();
    private final Jdbi jdbi = trial.jdbi;
    private final PostgresTrialRecorder recorder = trial.recorder;

    @Test
    void everyEpochHasItsReport() {
        recorder.claim(request(1), FIRST);
        recorder.record(request(1), FIRST, epoch(1, 0.7));
        recorder.record(request(1), FIRST, epoch(2, 0.8));

        assertThat(
                        rows(
                                """
                        SELECT epoch, mean_auc, temperature, expected_calibration_error_before,
                               expected_calibration_error_after, brier_score_before, brier_score_after
                        FROM dashboards.epoch_reports WHERE epoch = 2"""))
                .containsExactly(Map.of(
                        "epoch", 2,
                        "mean_auc", 0.8,
                        "temperature", 1.5,
                        "expected_calibration_error_before", 0.1,
                        "expected_calibration_error_after", 0.05,
                        "brier_score_before", 0.4,
                        "brier_score_after", 0.3));
        assertThat(rows("SELECT epoch, class_name, auc FROM dashboards.epoch_class_metrics ORDER BY epoch, class_name"))
                .extracting(row -> row.get("epoch") + " " + row.get("class_name") + " " + row.get("auc"))
                .containsExactly("1 absent null", "1 muscle 0.7", "2 absent null", "2 muscle 0.8");
    }

    @Test
    void epochsThatAreTrainedAgainAreForgotten() {
        recorder.claim(request(1), FIRST);
        recorder.record(request(1), FIRST, epoch(1, 0.7));
        recorder.record(request(1), FIRST, epoch(2, 0.8));
        jdbi.useHandle(handle -> handle.execute("UPDATE trial SET attempt = 2"));

        assertThat(recorder.claim(request(2), SECOND)).isEqualTo(Standing.HELD);
        assertThat(recorder.resume(request(2), SECOND, 1)).isEqualTo(Standing.HELD);
        assertThat(rows("SELECT epoch FROM trial_report")).containsExactly(Map.of("epoch", 1));
        assertThat(rows("SELECT DISTINCT epoch FROM trial_epoch")).containsExactly(Map.of("epoch", 1));
        recorder.resume(request(2), SECOND, 0);
        assertThat(rows("SELECT epoch FROM trial_report")).isEmpty();
        assertThat(rows("SELECT epoch FROM trial_epoch")).isEmpty();

        // and the worker that has lost the trial writes nothing
        assertThat(recorder.record(request(1), FIRST, epoch(3, 0.9))).isEqualTo(Standing.OVERTAKEN);
        recorder.record(request(2), SECOND, epoch(1, 0.6));
        assertThat(rows("SELECT epoch, attempt, mean_auc FROM trial_report"))
                .containsExactly(Map.of("epoch", 1, "attempt", 2, "mean_auc", 0.6));
    }

    @Test
    void epochTrainedAgainIsWrittenOver() {
        recorder.claim(request(1), FIRST);
        recorder.record(request(1), FIRST, epoch(1, 0.7));

        // When another worker takes the same attempt
        recorder.claim(request(1), SECOND);
        recorder.record(request(1), SECOND, epoch(1, 0.6));

        assertThat(rows("SELECT epoch, mean_auc FROM trial_report"))
                .containsExactly(Map.of("epoch", 1, "mean_auc", 0.6));
    }

    @Test
    void anEpochIsOfTheWorkerThatTrainedIt() {
        recorder.claim(request(1), FIRST);
        recorder.record(request(1), FIRST, epoch(1, 0.7));

        // When that worker is lost and another goes on after its epoch
        jdbi.useHandle(handle -> handle.execute("UPDATE trial SET attempt = 2"));
        recorder.claim(request(2), SECOND);
        recorder.resume(request(2), SECOND, 1);
        recorder.record(request(2), SECOND, epoch(2, 0.8));

        assertThat(rows("SELECT worker, device, epochs FROM dashboards.workers ORDER BY worker"))
                .containsExactly(
                        Map.of("worker", "first", "device", "CPU", "epochs", 1L),
                        Map.of("worker", "second", "device", "CPU", "epochs", 1L));
    }

    @Test
    void theFinalReportIsKeptWithWhatWasSaidOfEachImage() {
        recorder.claim(request(1), FIRST);
        recorder.record(request(1), FIRST, epoch(3, 0.7));

        assertThat(recorder.conclude(request(1), FIRST, epoch(3, 0.8), IMAGES, PICTURES))
                .isEqualTo(Standing.HELD);

        assertThat(rows("SELECT epoch, mean_auc FROM trial_report"))
                .containsExactly(Map.of("epoch", 3, "mean_auc", 0.8));
        jdbi.useHandle(handle -> handle.execute("UPDATE trial SET state = 'COMPLETED'"));
        assertThat(rows("SELECT true_class, predicted_class, images FROM dashboards.confusion"))
                .extracting(row -> row.get("true_class") + " " + row.get("predicted_class") + " " + row.get("images"))
                .containsExactlyInAnyOrder("muscle muscle 3", "muscle absent 1", "absent muscle 0", "absent absent 0");
        UnpackedPredictions kept = kept().orElseThrow();
        assertThat(kept.counts(List.of("muscle", "absent"))).isDeepEqualTo(new int[][] {{3, 1}, {0, 0}});
        assertThat(kept.rows().get(0).toList())
                .containsExactly("wrong.png", "slide", "muscle", "absent", "0.9", "0.1", "0.9");
        assertThat(pictures()).containsExactly("1 010203", "2 0405");
    }

    @Test
    void aTrialThatIsToBeStoppedKeepsNothingOfItsImages() {
        recorder.claim(request(1), FIRST);
        jdbi.useHandle(handle -> handle.execute("UPDATE trial SET stop_reason = 'no longer wanted'"));

        assertThat(recorder.conclude(request(1), FIRST, epoch(3, 0.8), IMAGES, PICTURES))
                .isEqualTo(Standing.STOP_REQUESTED);

        assertThat(kept()).isEmpty();
        assertThat(pictures()).isEmpty();
    }

    /** So that there is one place for who has to erase what there is of a patient. */
    @Test
    void picturesGoWithThePredictions() {
        recorder.claim(request(1), FIRST);
        recorder.conclude(request(1), FIRST, epoch(3, 0.8), IMAGES, PICTURES);

        jdbi.useHandle(handle -> handle.execute("DELETE FROM validation_predictions"));

        assertThat(pictures()).isEmpty();
    }

    @Test
    void anotherAttemptWritesOverWhatWasSaidOfEachImage() {
        recorder.claim(request(1), FIRST);
        recorder.conclude(request(1), FIRST, epoch(3, 0.7), IMAGES, PICTURES);
        jdbi.useHandle(handle -> handle.execute("UPDATE trial SET attempt = 2"));
        recorder.claim(request(2), SECOND);

        // Who has lost the trial writes nothing
        assertThat(recorder.conclude(request(1), FIRST, epoch(3, 0.9), List.of(), List.of()))
                .isEqualTo(Standing.OVERTAKEN);
        assertThat(kept().orElseThrow().rows()).hasSize(4);
        assertThat(pictures()).hasSize(2);
        recorder.resume(request(2), SECOND, 3);
        assertThat(kept()).as("of an epoch that still counts").isPresent();
        recorder.conclude(request(2), SECOND, epoch(3, 0.7), IMAGES.subList(0, 2), List.of(new byte[] {7}));
        assertThat(kept().orElseThrow().rows()).hasSize(2);
        assertThat(pictures()).containsExactly("1 07");

        // And what is too large takes away what was there
        jdbi.useTransaction(handle -> new ValidationPredictions("t", 3, Optional.empty(), PICTURES).replace(handle));
        assertThat(kept()).isEmpty();
        assertThat(pictures()).as("of what nobody knows").isEmpty();
    }

    @Test
    void whatWasSaidGoesWithAnEpochThatIsTrainedAgain() {
        recorder.claim(request(1), FIRST);
        recorder.conclude(request(1), FIRST, epoch(3, 0.7), IMAGES, PICTURES);

        recorder.resume(request(1), FIRST, 2);

        assertThat(kept()).isEmpty();
        assertThat(pictures()).isEmpty();
    }

    private Optional<UnpackedPredictions> kept() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT csv_gzip FROM validation_predictions")
                        .mapTo(byte[].class)
                        .findOne())
                .map(UnpackedPredictions::of);
    }

    /** Each with its number, in hexadecimal digits. */
    private List<String> pictures() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT number || ' ' || encode(png, 'hex') FROM mistake_picture ORDER BY number")
                .mapTo(String.class)
                .list());
    }

    private static EpochResult epoch(int epoch, double auc) {
        TrialReport report = new TrialReport(
                List.of("muscle", "absent"),
                new int[][] {{3, 1}, {0, 0}},
                List.of(
                        new ClassMetrics("muscle", 1, 0.75, 0.857, 4, auc),
                        new ClassMetrics("absent", 0, 0, 0, 0, null)),
                auc,
                new Calibration(1.5, 0.1, 0.05, 0.4, 0.3));
        EpochMetrics metrics = new EpochMetrics(0.5, 0.75, 0.4);
        return new EpochResult(epoch, metrics, metrics, 1e-3, 100, 200, new Predictions(2), report);
    }

    private List<Map<String, Object>> rows(String sql) {
        return jdbi.withHandle(handle -> handle.createQuery(sql).mapToMap().list());
    }
}
