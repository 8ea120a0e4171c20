package io.karyoflow.tuner.persistence;

import io.karyoflow.tuner.overview.EpochOverview;
import io.karyoflow.tuner.overview.ListPart;
import io.karyoflow.tuner.overview.Listed;
import io.karyoflow.tuner.overview.ModelOverview;
import io.karyoflow.tuner.overview.Overviews;
import io.karyoflow.tuner.overview.PromotionOverview;
import io.karyoflow.tuner.overview.StudyOverview;
import io.karyoflow.tuner.overview.TrialCurve;
import io.karyoflow.tuner.overview.TrialDetails;
import io.karyoflow.tuner.overview.TrialOverview;
import io.karyoflow.tuner.overview.TrialReport;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Reads what people are shown. */
@Singleton
public class OverviewReader implements Overviews {
    private static final String STUDIES =
            """
            SELECT s.*, d.name AS dataset_name, best.loss, best.accuracy, best.macro_f1,
                   (SELECT string_agg(failure, '; ')
                    FROM (SELECT failure FROM trial WHERE study_id = s.id AND failure IS NOT NULL
                          GROUP BY failure ORDER BY count(*) DESC, failure LIMIT 3) f) AS failure,
                   (SELECT jsonb_object_agg(state, trials)
                    FROM (SELECT state, count(*) AS trials FROM trial WHERE study_id = s.id GROUP BY state) t) AS counts,
                   (SELECT p.model_id FROM promotion p JOIN model m ON m.id = p.model_id
                    WHERE m.study_id = s.id ORDER BY p.id DESC LIMIT 1) AS promoted_model_id
            FROM (SELECT * FROM study WHERE %s) s JOIN dataset d ON d.id = s.dataset_id
            LEFT JOIN LATERAL (
                SELECT loss, accuracy, macro_f1 FROM trial_epoch e
                WHERE e.trial_id = s.best_trial_id AND e.split = 'validation'
                ORDER BY e.epoch DESC LIMIT 1) best ON true
            ORDER BY s.created_at DESC, s.id DESC""";

    private static final String TRIALS =
            """
            SELECT t.*, CAST(t.request ->> 'validationFold' AS integer) AS validation_fold,
                   latest.epoch AS epochs_done, latest.loss, latest.accuracy, latest.macro_f1
            FROM trial t
            LEFT JOIN LATERAL (
                SELECT * FROM trial_epoch e
                WHERE e.trial_id = t.id AND e.split = 'validation' AND %s
                ORDER BY e.epoch DESC LIMIT 1) latest ON true
            WHERE %s ORDER BY t.number""";

    private static final String EPOCHS =
            """
            SELECT e.trial_id, e.epoch,
                   max(e.loss) FILTER (WHERE e.split = 'training') AS training_loss,
                   max(e.accuracy) FILTER (WHERE e.split = 'training') AS training_accuracy,
                   max(e.macro_f1) FILTER (WHERE e.split = 'training') AS training_macro_f1,
                   max(e.loss) FILTER (WHERE e.split = 'validation') AS validation_loss,
                   max(e.accuracy) FILTER (WHERE e.split = 'validation') AS validation_accuracy,
                   max(e.macro_f1) FILTER (WHERE e.split = 'validation') AS validation_macro_f1,
                   max(e.learning_rate) AS learning_rate,
                   max(e.images_per_second) FILTER (WHERE e.split = 'training') AS images_per_second
            FROM trial_epoch e JOIN trial t ON t.id = e.trial_id
            WHERE %s AND %s
            GROUP BY e.trial_id, e.epoch ORDER BY e.trial_id, e.epoch""";

    private static final String REPORTS =
            """
            SELECT e.* FROM trial_report e WHERE e.trial_id = :id AND %s ORDER BY e.epoch"""
                    .formatted(TrialRows.NOT_OVERTAKEN);

    private static final String FINAL_REPORTS =
            """
            SELECT t.number, latest.*
            FROM trial t
            JOIN LATERAL (
                SELECT * FROM trial_report e
                WHERE e.trial_id = t.id AND %s
                ORDER BY e.epoch DESC LIMIT 1) latest ON true
            WHERE t.study_id = :id AND t.state = 'COMPLETED'"""
                    .formatted(TrialRows.NOT_OVERTAKEN);

    private static final String MODELS =
            """
            SELECT m.id, m.study_id, m.trial_id, m.architecture, m.description, m.size_bytes, m.sha256, m.created_at,
                   latest.promoted_at,
                   latest.id IS NOT NULL AND latest.id = (SELECT max(id) FROM promotion) AS serving
            FROM (SELECT * FROM model WHERE deleted_at IS NULL AND %s) m
            LEFT JOIN LATERAL (
                SELECT id, promoted_at FROM promotion WHERE model_id = m.id ORDER BY id DESC LIMIT 1) latest ON true
            ORDER BY m.created_at DESC, m.id DESC""";

    private final Database database;

    OverviewReader(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Listed<StudyOverview>> studies(ListPart part) {
        return listed(
                new NewestFirst("study", part), STUDIES, (row, context) -> OverviewRows.study(row), StudyOverview::id);
    }

    @Override
    public Optional<StudyOverview> study(String id) {
        return database.inTransaction(
                handle -> one(handle, STUDIES.formatted("id = :id"), id, (row, c) -> OverviewRows.study(row)));
    }

    @Override
    public List<TrialOverview> trials(String studyId) {
        return database.inTransaction(handle -> handle.createQuery(trialsWhere("t.study_id = :id"))
                .bind("id", studyId)
                .map((row, context) -> OverviewRows.trial(row))
                .list());
    }

    @Override
    public List<TrialCurve> curves(String studyId) {
        return database.inTransaction(handle -> {
            Map<String, List<EpochOverview>> epochs = epochs(handle, "t.study_id = :id", studyId);
            return handle
                    .createQuery(trialsWhere("t.study_id = :id"))
                    .bind("id", studyId)
                    .map((row, context) -> OverviewRows.trial(row))
                    .stream()
                    .map(trial -> new TrialCurve(
                            trial.id(), trial.number(), trial.state(), epochs.getOrDefault(trial.id(), List.of())))
                    .toList();
        });
    }

    @Override
    public Optional<TrialDetails> trial(String id) {
        return database.inTransaction(
                handle -> one(handle, trialsWhere("t.id = :id"), id, (row, c) -> OverviewRows.trial(row))
                        .map(trial -> new TrialDetails(
                                trial,
                                epochs(handle, "t.id = :id", id).getOrDefault(id, List.of()),
                                one(handle, REPORTS + " DESC LIMIT 1", id, (row, c) -> OverviewRows.report(row))
                                        .orElse(null))));
    }

    @Override
    public List<TrialReport> reports(String trialId) {
        return database.inTransaction(handle -> handle.createQuery(REPORTS)
                .bind("id", trialId)
                .map((row, context) -> OverviewRows.report(row))
                .list());
    }

    @Override
    public Map<Integer, TrialReport> finalReports(String studyId) {
        Map<Integer, TrialReport> byNumber = new TreeMap<>();
        database.useTransaction(handle -> handle.createQuery(FINAL_REPORTS)
                .bind("id", studyId)
                .map((row, context) -> Map.entry(row.getInt("number"), OverviewRows.report(row)))
                .forEach(entry -> byNumber.put(entry.getKey(), entry.getValue())));
        return byNumber;
    }

    @Override
    public Optional<Listed<ModelOverview>> models(ListPart part) {
        return listed(
                new NewestFirst("model", part), MODELS, (row, context) -> OverviewRows.model(row), ModelOverview::id);
    }

    @Override
    public Optional<ModelOverview> model(String id) {
        return database.inTransaction(
                handle -> one(handle, MODELS.formatted("id = :id"), id, (row, c) -> OverviewRows.model(row)));
    }

    @Override
    public Optional<ModelOverview> serving() {
        return database.inTransaction(handle -> handle.createQuery(
                        MODELS.formatted("id = (SELECT model_id FROM promotion ORDER BY id DESC LIMIT 1)"))
                .map((row, context) -> OverviewRows.model(row))
                .findOne());
    }

    @Override
    public List<PromotionOverview> promotions() {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT * FROM dashboards.promotions ORDER BY promotion_id DESC")
                        .map((row, context) -> OverviewRows.promotion(row))
                        .list());
    }

    @Override
    public Load load() {
        return database.inTransaction(handle -> new Load(
                counts(handle, "SELECT state, count(*) FROM study GROUP BY state"),
                counts(handle, "SELECT state, count(*) FROM trial GROUP BY state"),
                handle.createQuery(
                                """
                                SELECT (SELECT count(*) FROM trial WHERE sent_at IS NULL AND state = 'QUEUED')
                                     + (SELECT count(*) FROM trial WHERE stop_reason IS NOT NULL
                                        AND stop_sent_at IS NULL AND state IN ('QUEUED', 'RUNNING'))
                                     + (SELECT count(*) FROM promotion WHERE sent_at IS NULL)""")
                        .mapTo(Long.class)
                        .one()));
    }

    private <T> Optional<Listed<T>> listed(
            NewestFirst newest, String sql, RowMapper<T> mapper, Function<T, String> id) {
        return database.inTransaction(handle -> newest.isKnown(handle)
                ? Optional.of(Listed.of(
                        newest.query(handle, sql).map(mapper).list(),
                        newest.part().limit(),
                        id))
                : Optional.empty());
    }

    private static String trialsWhere(String condition) {
        return TRIALS.formatted(TrialRows.NOT_OVERTAKEN, condition);
    }

    private static Map<String, List<EpochOverview>> epochs(Handle handle, String condition, String id) {
        Map<String, List<EpochOverview>> byTrial = new LinkedHashMap<>();
        handle.createQuery(EPOCHS.formatted(condition, TrialRows.NOT_OVERTAKEN))
                .bind("id", id)
                .map((row, context) -> byTrial.computeIfAbsent(row.getString("trial_id"), t -> new ArrayList<>())
                        .add(OverviewRows.epoch(row)))
                .list();
        return byTrial;
    }

    private static Map<String, Long> counts(Handle handle, String sql) {
        return handle.createQuery(sql).map((row, context) -> Map.entry(row.getString(1), row.getLong(2))).stream()
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static <T> Optional<T> one(Handle handle, String sql, String id, RowMapper<T> mapper) {
        return handle.createQuery(sql).bind("id", id).map(mapper).findOne();
    }
}
