package io.karyoflow.tuner.persistence;

import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.message.TrialStopRequested;
import io.karyoflow.tuner.study.Outbox;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Rows that are due to be sent. They stay locked until the broker has acknowledged: another tuner passes over them, and
 * nobody decides about a trial that is on its way out.
 */
@Singleton
public class OutboxRepository implements Outbox {
    private static final Logger LOG = Logger.getLogger(OutboxRepository.class);
    private static final int BATCH = 50;

    private final Database database;

    OutboxRepository(Database database) {
        this.database = database;
    }

    @Override
    public void sendDue(Announcements announcements) {
        database.useTransaction(handle -> sendTrials(handle, announcements));
        database.useTransaction(handle -> sendStops(handle, announcements));
        database.useTransaction(handle -> sendPromotions(handle, announcements));
    }

    @Override
    public void repeatPromotions() {
        database.useTransaction(handle -> handle.createQuery("SELECT DISTINCT role FROM promotion ORDER BY role")
                .mapTo(String.class)
                .list()
                .forEach(role -> HeldRole.hold(handle, role).announceAgain()));
    }

    private static void sendTrials(Handle handle, Announcements announcements) {
        List<Due<TrialRequested>> due = due(
                handle,
                """
                SELECT id, request FROM trial WHERE sent_at IS NULL AND state = 'QUEUED'
                ORDER BY created_at, number LIMIT :batch FOR NO KEY UPDATE SKIP LOCKED""",
                (row, context) -> new Due<>(
                        row.getString("id"), MessageJson.read(row.getString("request"), TrialRequested.class)));
        send(due, announcements::announce, id -> handle.execute("UPDATE trial SET sent_at = now() WHERE id = ?", id));
    }

    private static void sendStops(Handle handle, Announcements announcements) {
        List<Due<TrialStopRequested>> due = due(
                handle,
                """
                SELECT id, study_id, stop_reason FROM trial
                WHERE stop_reason IS NOT NULL AND stop_sent_at IS NULL AND state IN ('QUEUED', 'RUNNING')
                ORDER BY created_at, number LIMIT :batch FOR NO KEY UPDATE SKIP LOCKED""",
                (row, context) -> new Due<>(
                        row.getString("id"),
                        new TrialStopRequested(
                                row.getString("study_id"), row.getString("id"), row.getString("stop_reason"))));
        send(
                due,
                announcements::announce,
                id -> handle.execute("UPDATE trial SET stop_sent_at = now() WHERE id = ?", id));
    }

    /** Waits for the locks instead of passing over them: the last promotion sent is the one that serves. */
    private static void sendPromotions(Handle handle, Announcements announcements) {
        List<Due<ModelPromoted>> due = due(
                handle,
                """
                SELECT p.id, p.role, p.model_id, m.sha256, m.study_id, m.trial_id, p.promoted_at
                FROM promotion p JOIN model m ON m.id = p.model_id
                WHERE p.sent_at IS NULL ORDER BY p.id LIMIT :batch FOR NO KEY UPDATE OF p""",
                (row, context) -> new Due<>(
                        row.getLong("id"),
                        new ModelPromoted(
                                row.getString("role"),
                                row.getString("model_id"),
                                row.getString("sha256"),
                                row.getString("study_id"),
                                row.getString("trial_id"),
                                TrialRows.instant(row, "promoted_at"))));
        for (Due<ModelPromoted> promotion : due) {
            boolean sent = send(
                    List.of(promotion),
                    announcements::announce,
                    id -> handle.execute("UPDATE promotion SET sent_at = now() WHERE id = ?", id));
            if (!sent) {
                return;
            }
        }
    }

    private static <T> List<Due<T>> due(Handle handle, String sql, RowMapper<Due<T>> mapper) {
        return handle.createQuery(sql).bind("batch", BATCH).map(mapper).list();
    }

    /** What fails stays due. */
    private static <T> boolean send(
            List<Due<T>> due, Function<T, CompletionStage<Void>> announce, Function<Object, Integer> mark) {
        List<CompletionStage<Void>> acknowledgements = new ArrayList<>();
        due.forEach(message -> acknowledgements.add(announce.apply(message.message())));
        boolean all = true;
        for (int i = 0; i < due.size(); i++) {
            try {
                acknowledgements.get(i).toCompletableFuture().join();
                mark.apply(due.get(i).id());
            } catch (CompletionException e) {
                LOG.warnf(
                        "%s is not sent yet and will be tried again: %s",
                        due.get(i).message(), e.getMessage());
                all = false;
            }
        }
        return all;
    }

    private record Due<T>(Object id, T message) {}
}
