package io.karyoflow.launcher.client;

import io.karyoflow.common.message.EpochMetrics;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The tuner's REST interface. */
public final class TunerClient {
    private static final int CONFLICT = 409;

    private final JsonHttp http;

    public TunerClient(URI tuner) {
        this.http = new JsonHttp(tuner);
    }

    public Study startStudy(Map<String, Object> specification) {
        return http.post("/studies", specification, Study.class);
    }

    public Study study(String id) {
        return http.get("/studies/" + id, Study.class);
    }

    /**
     * Has a study end, which promotes its best model so far as any other end would; does nothing if it has ended, or has
     * been asked to.
     *
     * @throws UncheckedIOException if the tuner cannot be reached or is not ready
     */
    public void stopStudy(String id) {
        try {
            http.postHarmless("/studies/" + id + "/stop", Map.of(), Study.class);
        } catch (RequestRefused e) {
            if (e.status() != CONFLICT) {
                throw e;
            }
        }
    }

    public List<Trial> trials(String studyId) {
        return Arrays.asList(http.get("/studies/" + studyId + "/trials", Trial[].class));
    }

    /** With its curves, and its report if it has one. */
    public Trial trial(String id) {
        return http.get("/trials/" + id, Trial.class);
    }

    public enum StudyState {
        RUNNING,
        STOPPING,
        STOPPED,
        COMPLETED,
        FAILED;

        public boolean isFinal() {
            return this == STOPPED || this == COMPLETED || this == FAILED;
        }
    }

    public enum TrialState {
        QUEUED,
        RUNNING,
        COMPLETED,
        STOPPED,
        FAILED;

        public boolean isFinal() {
            return this == COMPLETED || this == STOPPED || this == FAILED;
        }
    }

    /**
     * @param bestTrialId null until the study has ended, and if no trial completed
     * @param promotedModelId null if the best trial's model is not promoted
     * @param promotionReason why it is promoted or is not; null until the study has ended
     */
    public record Study(
            String id,
            String name,
            StudyState state,
            String dataset,
            Specification specification,
            Map<TrialState, Integer> trialCounts,
            String bestTrialId,
            String promotedModelId,
            String promotionReason) {}

    /** What the study was asked to do. */
    public record Specification(String architecture, int epochs, long seed) {}

    /** What is not known yet is null or empty. */
    public record Trial(
            String id,
            int number,
            TrialState state,
            int attempt,
            Map<String, Object> hyperparameters,
            Integer epochsDone,
            int epochs,
            EpochMetrics validation,
            String worker,
            String failure,
            String stopReason,
            String modelId,
            List<CurvePoint> curves,
            TrialReport report) {

        public Trial {
            curves = curves == null ? List.of() : curves;
        }
    }

    /** Metrics of one epoch, which counts from 1; loss in nats. */
    public record CurvePoint(
            int epoch,
            double trainingLoss,
            double trainingAccuracy,
            double validationLoss,
            double validationAccuracy,
            double validationMacroF1) {}

    /**
     * How a completed trial's model does on the validation images.
     *
     * @param confusionMatrix [C][C] counts, rows true class, columns predicted class
     * @param meanAuc mean over classes of the area under the ROC curve; null if no class has one
     */
    public record TrialReport(
            List<String> classes,
            int[][] confusionMatrix,
            List<ClassMetrics> perClass,
            Double meanAuc,
            double temperature,
            double expectedCalibrationErrorBefore,
            double expectedCalibrationErrorAfter,
            double brierScoreBefore,
            double brierScoreAfter) {}

    /** @param auc area under the ROC curve of this class against the rest; null if none or all images are of this class */
    public record ClassMetrics(String className, double precision, double recall, double f1, int support, Double auc) {}
}
