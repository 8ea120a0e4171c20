package io.karyoflow.tuner.persistence;

import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.tuner.study.Decision;
import io.karyoflow.tuner.study.Studies;
import io.karyoflow.tuner.study.Study;
import io.karyoflow.tuner.study.StudyPlanned;
import io.karyoflow.tuner.study.StudyProgress;
import io.karyoflow.tuner.study.StudySpecification;
import io.karyoflow.tuner.study.StudyState;
import io.karyoflow.tuner.study.UnknownIdException;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Studies in the tables {@code study} and {@code trial}. Planning holds the study's row, so that of several tuners one
 * plans a study at a time.
 */
@Singleton
public class StudyRepository implements Studies {
    private final Database database;
    private final Event<StudyPlanned> planned;

    StudyRepository(Database database, Event<StudyPlanned> planned) {
        this.database = database;
        this.planned = planned;
    }

    @Override
    public void begin(Study study, Planning planning) {
        database.useTransaction(handle -> {
            handle.createUpdate(
                            """
                            INSERT INTO study (id, name, state, specification, dataset_id)
                            VALUES (:id, :name, :state, CAST(:specification AS jsonb), :dataset)""")
                    .bind("id", study.id())
                    .bind("name", study.name())
                    .bind("state", study.state())
                    .bind("specification", MessageJson.writeText(study.specification()))
                    .bind("dataset", study.specification().dataset())
                    .execute();
            plan(handle, study, planning);
        });
        planned.fireAsync(new StudyPlanned());
    }

    @Override
    public void replan(String studyId, Planning planning) {
        boolean decided = database.inTransaction(handle -> plan(handle, lock(handle, studyId), planning));
        if (decided) {
            planned.fireAsync(new StudyPlanned());
        }
    }

    @Override
    public Optional<String> studyOf(String trialId) {
        return database.inTransaction(handle -> handle.createQuery("SELECT study_id FROM trial WHERE id = :id")
                .bind("id", trialId)
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public Optional<TrialRequested> requestOf(String trialId) {
        return database.inTransaction(handle -> handle.createQuery("SELECT request FROM trial WHERE id = :id")
                .bind("id", trialId)
                .map((row, context) -> MessageJson.read(row.getString("request"), TrialRequested.class))
                .findOne());
    }

    @Override
    public StudySpecification specificationOf(String studyId) {
        return database.inTransaction(handle -> study(handle, studyId, "")).specification();
    }

    @Override
    public List<String> withSilentWorkers(Duration silence) {
        return database.inTransaction(handle -> handle.createQuery(
                        """
                        SELECT DISTINCT study_id FROM trial
                        WHERE state IN ('QUEUED', 'RUNNING') AND %s < now() - make_interval(secs => :silence)"""
                                .formatted(TrialRows.LAST_SIGN))
                .bind("silence", silence.toMillis() / 1000.0)
                .mapTo(String.class)
                .list());
    }

    /** Rows that are locked are being sent, taken or decided about just now. */
    @Override
    public void sendUntakenAgain(Duration patience) {
        database.useTransaction(handle -> handle.createUpdate(
                        """
                        UPDATE trial SET sent_at = NULL WHERE id IN (
                            SELECT id FROM trial
                            WHERE state = 'QUEUED' AND started_at IS NULL
                              AND sent_at < now() - make_interval(secs => :patience)
                            FOR NO KEY UPDATE SKIP LOCKED)""")
                .bind("patience", patience.toMillis() / 1000.0)
                .execute());
    }

    /** NO KEY: recording an epoch or adding a trial refers to the row and may go on meanwhile. */
    private static Study lock(Handle handle, String id) {
        return study(handle, id, " FOR NO KEY UPDATE");
    }

    private static Study study(Handle handle, String id, String lock) {
        return handle.createQuery("SELECT name, state, specification FROM study WHERE id = :id" + lock)
                .bind("id", id)
                .map((row, context) -> new Study(
                        id,
                        row.getString("name"),
                        StudyState.valueOf(row.getString("state")),
                        MessageJson.read(row.getString("specification"), StudySpecification.class)))
                .findOne()
                .orElseThrow(() -> UnknownIdException.ofStudy(id));
    }

    private static boolean plan(Handle handle, Study study, Planning planning) {
        DatasetRegistered dataset = DatasetRepository.find(
                        handle, study.specification().dataset())
                .flatMap(found -> found.registration())
                .orElseThrow(() -> new IllegalStateException("data set "
                        + study.specification().dataset() + " of study " + study.id() + " is no longer registered"));
        StudyProgress progress = new StudyProgress(
                study, dataset, TrialRows.locked(handle, study.id()), new StoredHistory(handle, study.id()));
        List<Decision> decisions = planning.plan(progress, now(handle));
        StudyLedger ledger = new StudyLedger(handle, study);
        decisions.forEach(decision -> decision.writeTo(ledger));
        return !decisions.isEmpty();
    }

    /** The database's clock, because it also dates the heartbeats. */
    private static Instant now(Handle handle) {
        return handle.createQuery("SELECT now()")
                .mapTo(OffsetDateTime.class)
                .one()
                .toInstant();
    }
}
