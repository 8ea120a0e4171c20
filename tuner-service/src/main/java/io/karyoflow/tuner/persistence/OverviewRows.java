package io.karyoflow.tuner.persistence;

import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.model.ModelDescription;
import io.karyoflow.tuner.overview.EpochOverview;
import io.karyoflow.tuner.overview.ModelOverview;
import io.karyoflow.tuner.overview.PromotionOverview;
import io.karyoflow.tuner.overview.StudyOverview;
import io.karyoflow.tuner.overview.TrialOverview;
import io.karyoflow.tuner.overview.TrialReport;
import io.karyoflow.tuner.study.PromotedBy;
import io.karyoflow.tuner.study.StudySpecification;
import io.karyoflow.tuner.study.StudyState;
import io.karyoflow.tuner.study.TrialState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One row, one overview. */
final class OverviewRows {
    private OverviewRows() {}

    static StudyOverview study(ResultSet row) throws SQLException {
        StudySpecification specification = MessageJson.read(row.getString("specification"), StudySpecification.class);
        return new StudyOverview(
                row.getString("id"),
                row.getString("name"),
                StudyState.valueOf(row.getString("state")),
                row.getString("dataset_id"),
                row.getString("dataset_name"),
                specification,
                specification.plannedTrials(),
                trialCounts(row.getString("counts")),
                row.getString("best_trial_id"),
                metrics(row),
                row.getString("promoted_model_id"),
                row.getString("promotion_reason"),
                row.getString("failure"),
                TrialRows.instant(row, "created_at"),
                TrialRows.instant(row, "finished_at"));
    }

    private static Map<TrialState, Integer> trialCounts(String json) {
        Map<TrialState, Integer> counts = new EnumMap<>(TrialState.class);
        Map<?, ?> stored = json == null ? Map.of() : MessageJson.read(json, Map.class);
        for (TrialState state : TrialState.values()) {
            counts.put(state, stored.get(state.name()) instanceof Number number ? number.intValue() : 0);
        }
        return counts;
    }

    static TrialOverview trial(ResultSet row) throws SQLException {
        return new TrialOverview(
                row.getString("id"),
                row.getString("study_id"),
                row.getInt("number"),
                TrialState.valueOf(row.getString("state")),
                row.getInt("attempt"),
                MessageJson.read(row.getString("hyperparameters"), Hyperparameters.class),
                row.getInt("epochs_done"),
                row.getInt("epochs"),
                metrics(row),
                row.getString("worker"),
                row.getString("device"),
                row.getString("failure"),
                row.getString("stop_reason"),
                row.getString("model_id"),
                row.getLong("seed"),
                row.getInt("validation_fold"),
                TrialRows.instant(row, "created_at"),
                TrialRows.instant(row, "started_at"),
                TrialRows.instant(row, "finished_at"));
    }

    /** Null before the first epoch. */
    private static EpochMetrics metrics(ResultSet row) throws SQLException {
        Double loss = number(row, "loss");
        return loss == null ? null : new EpochMetrics(loss, row.getDouble("accuracy"), row.getDouble("macro_f1"));
    }

    static EpochOverview epoch(ResultSet row) throws SQLException {
        return new EpochOverview(
                row.getInt("epoch"),
                number(row, "training_loss"),
                number(row, "training_accuracy"),
                number(row, "training_macro_f1"),
                number(row, "validation_loss"),
                number(row, "validation_accuracy"),
                number(row, "validation_macro_f1"),
                number(row, "learning_rate"),
                number(row, "images_per_second"));
    }

    static TrialReport report(ResultSet row) throws SQLException {
        return new TrialReport(
                row.getInt("epoch"),
                List.of(MessageJson.read(row.getString("classes"), String[].class)),
                Arrays.stream(MessageJson.read(row.getString("confusion_matrix"), Integer[][].class))
                        .map(List::of)
                        .toList(),
                List.of(MessageJson.read(row.getString("per_class"), TrialReport.ClassMetrics[].class)),
                number(row, "mean_auc"),
                row.getDouble("temperature"),
                row.getDouble("expected_calibration_error_before"),
                row.getDouble("expected_calibration_error_after"),
                number(row, "brier_score_before"),
                number(row, "brier_score_after"));
    }

    static ModelOverview model(ResultSet row) throws SQLException {
        ModelDescription description = MessageJson.read(row.getString("description"), ModelDescription.class);
        return new ModelOverview(
                row.getString("id"),
                row.getString("study_id"),
                row.getString("trial_id"),
                row.getString("architecture"),
                description.classes(),
                description.validation(),
                row.getLong("size_bytes"),
                row.getString("sha256"),
                TrialRows.instant(row, "created_at"),
                TrialRows.instant(row, "promoted_at"),
                row.getBoolean("serving"));
    }

    static PromotionOverview promotion(ResultSet row) throws SQLException {
        String promotedBy = row.getString("promoted_by");
        return new PromotionOverview(
                row.getString("role"),
                row.getString("model_id"),
                row.getString("study_id"),
                row.getString("trial_id"),
                TrialRows.instant(row, "promoted_at"),
                TrialRows.instant(row, "replaced_at"),
                promotedBy == null ? null : PromotedBy.valueOf(promotedBy),
                row.getString("reason"),
                row.getString("said_by"),
                TrialRows.instant(row, "model_deleted_at"));
    }

    private static Double number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }
}
