package io.karyoflow.tuner.persistence;

import io.karyoflow.tuner.study.Trial;
import io.karyoflow.tuner.study.TrialState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** A study's trials as planning sees them. */
final class TrialRows {
    /** When the worker that holds a trial last showed life; null while none has taken it. */
    static final String LAST_SIGN =
            """
            CASE WHEN state = 'RUNNING' THEN coalesce(heartbeat_at, started_at, sent_at, created_at)
                 WHEN started_at IS NOT NULL THEN coalesce(heartbeat_at, started_at) END""";

    /**
     * Epochs that count: not those that a later attempt has trained again. Use with {@code trial_epoch e} or {@code
     * trial_report e}.
     */
    static final String NOT_OVERTAKEN =
            """
            NOT EXISTS (SELECT 1 FROM trial_epoch later
                        WHERE later.trial_id = e.trial_id AND later.attempt > e.attempt AND later.epoch <= e.epoch)""";

    private TrialRows() {}

    /** Those that have not ended are locked: none is sent or taken by a worker while a decision is being made. */
    static List<Trial> locked(Handle handle, String studyId) {
        handle.createQuery(
                        """
                        SELECT id FROM trial WHERE study_id = :study AND state IN ('QUEUED', 'RUNNING')
                        ORDER BY number FOR NO KEY UPDATE""")
                .bind("study", studyId)
                .mapTo(String.class)
                .list();
        return handle.createQuery(
                        """
                        SELECT id, number, state, attempt, passed_epoch, stop_reason, model_id, %s AS last_sign,
                               coalesce((SELECT attempt FROM trial_checkpoint WHERE trial_id = trial.id), 0)
                                   AS checkpoint_attempt
                        FROM trial WHERE study_id = :study ORDER BY number"""
                                .formatted(LAST_SIGN))
                .bind("study", studyId)
                .map((row, context) -> trial(row))
                .list();
    }

    private static Trial trial(ResultSet row) throws SQLException {
        return new Trial(
                row.getString("id"),
                row.getInt("number"),
                TrialState.valueOf(row.getString("state")),
                row.getInt("attempt"),
                row.getInt("checkpoint_attempt"),
                row.getInt("passed_epoch"),
                instant(row, "last_sign"),
                row.getString("stop_reason"),
                row.getString("model_id"));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
