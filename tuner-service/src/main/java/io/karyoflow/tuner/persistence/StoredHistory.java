package io.karyoflow.tuner.persistence;

import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.tuner.study.StudyHistory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** A study's epochs, read as far as its planning asks for them, in the transaction that locked the study. */
final class StoredHistory implements StudyHistory {
    private final Handle handle;
    private final String studyId;

    StoredHistory(Handle handle, String studyId) {
        this.handle = handle;
        this.studyId = studyId;
    }

    @Override
    public Map<String, EpochMetrics> after(int epoch) {
        Map<String, EpochMetrics> byTrial = new HashMap<>();
        handle.createQuery(
                        """
                        SELECT e.trial_id, e.loss, e.accuracy, e.macro_f1
                        FROM trial t JOIN trial_epoch e ON e.trial_id = t.id
                        WHERE t.study_id = :study AND e.epoch = :epoch AND e.split = 'validation' AND %s"""
                                .formatted(TrialRows.NOT_OVERTAKEN))
                .bind("study", studyId)
                .bind("epoch", epoch)
                .map((row, context) -> Map.entry(row.getString("trial_id"), metrics(row)))
                .forEach(entry -> byTrial.put(entry.getKey(), entry.getValue()));
        return byTrial;
    }

    @Override
    public Map<String, Tried> tried() {
        Map<String, Tried> byTrial = new HashMap<>();
        handle.createQuery(
                        """
                        SELECT t.id, t.hyperparameters, latest.epoch, latest.loss, latest.accuracy, latest.macro_f1
                        FROM trial t
                        LEFT JOIN LATERAL (
                            SELECT * FROM trial_epoch e
                            WHERE e.trial_id = t.id AND e.split = 'validation' AND %s
                            ORDER BY e.epoch DESC LIMIT 1) latest ON true
                        WHERE t.study_id = :study"""
                                .formatted(TrialRows.NOT_OVERTAKEN))
                .bind("study", studyId)
                .map((row, context) -> Map.entry(row.getString("id"), tried(row)))
                .forEach(entry -> byTrial.put(entry.getKey(), entry.getValue()));
        return byTrial;
    }

    private static Tried tried(ResultSet row) throws SQLException {
        int epochs = row.getInt("epoch"); // 0 for NULL, and they count from 1
        return new Tried(
                MessageJson.read(row.getString("hyperparameters"), Hyperparameters.class),
                epochs,
                epochs == 0 ? null : metrics(row));
    }

    private static EpochMetrics metrics(ResultSet row) throws SQLException {
        return new EpochMetrics(row.getDouble("loss"), row.getDouble("accuracy"), row.getDouble("macro_f1"));
    }
}
