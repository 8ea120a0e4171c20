package io.karyoflow.ingest.persistence;

import io.karyoflow.common.database.StorableText;
import io.karyoflow.ingest.truth.GivenTruth;
import io.karyoflow.ingest.truth.KeepTruths;
import io.karyoflow.ingest.truth.MatchTruths;
import io.karyoflow.ingest.truth.MatchTruths.Match;
import io.karyoflow.ingest.truth.MatchTruths.Matching;
import io.karyoflow.ingest.truth.PlacedLabel;
import io.karyoflow.ingest.truth.RowProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/** The table {@code truth}. */
@ApplicationScoped
class TruthRepository implements KeepTruths {
    private static final int FETCH_SIZE = 1000;

    /**
     * A nucleus that was sampled stays so: else whoever corrects a sample would take its mistakes out of it. All in one order,
     * so that two who store at once do not each wait for the other.
     */
    private static final String UPSERT =
            """
            INSERT INTO truth (request_id, image_id, class_name, sampled, given_by)
            SELECT p.request_id, p.image_id, given.class_name, given.sampled, CAST(:givenBy AS text)
            FROM unnest(CAST(:requests AS text[]), CAST(:classNames AS text[]), CAST(:sampled AS boolean[]))
                 AS given (request_id, class_name, sampled)
            JOIN prediction p ON p.request_id = given.request_id
            ORDER BY p.request_id
            ON CONFLICT (request_id) DO UPDATE
            SET class_name = excluded.class_name, image_id = excluded.image_id,
                sampled = excluded.sampled OR truth.sampled AND truth.image_id = excluded.image_id,
                given_at = excluded.given_at, given_by = excluded.given_by""";

    private final Database database;

    TruthRepository(DataSource dataSource) {
        this.database = new Database(dataSource);
    }

    @Override
    public List<RowProblem> store(List<GivenTruth> truths, int within, String givenBy) {
        return database.inTransaction(handle -> {
            MatchTruths matchTruths = new MatchTruths(truths, within);
            matchTruths.slides().forEach(slide -> showLabels(handle, slide, matchTruths));
            Matching matching = matchTruths.match(classNames(handle, matchTruths.requests()));
            insert(handle, matching.matches(), givenBy);
            return matching.problems();
        });
    }

    private static void showLabels(Handle handle, String slide, MatchTruths matchTruths) {
        handle.createQuery(
                        """
                        SELECT request_id, x, y FROM prediction
                        WHERE slide = :slide AND x IS NOT NULL AND y IS NOT NULL
                        ORDER BY predicted_at, request_id""")
                .bind("slide", StorableText.of(slide))
                .setFetchSize(FETCH_SIZE)
                .map((row, context) -> new PlacedLabel(row.getString("request_id"), row.getLong("x"), row.getLong("y")))
                .forEach(label -> matchTruths.show(slide, label));
    }

    /**
     * Nobody can delete these labels before their truths are stored. Those that somebody is deleting are left out: if each
     * waited for the other, PostgreSQL would end one of the two.
     */
    private static Map<String, List<String>> classNames(Handle handle, Set<String> requests) {
        Map<List<String>, List<String>> ofModels =
                new HashMap<>(); // so that each model's are there once, not for each label
        Map<String, List<String>> classNames = new HashMap<>();
        handle.createQuery(
                        """
                        SELECT request_id, class_names FROM prediction
                        WHERE request_id = ANY (:requests) FOR KEY SHARE SKIP LOCKED""")
                .bind("requests", requests.stream().map(StorableText::of).toArray(String[]::new))
                .setFetchSize(FETCH_SIZE)
                .map((row, context) -> Map.entry(row.getString("request_id"), List.of((String[])
                        row.getArray("class_names").getArray())))
                .forEach(each ->
                        classNames.put(each.getKey(), ofModels.computeIfAbsent(each.getValue(), names -> names)));
        return classNames;
    }

    private static void insert(Handle handle, List<Match> matches, String givenBy) {
        handle.createUpdate(UPSERT)
                .bind("requests", matches.stream().map(Match::requestId).toArray(String[]::new))
                .bind(
                        "classNames",
                        matches.stream().map(match -> match.truth().className()).toArray(String[]::new))
                .bind(
                        "sampled",
                        matches.stream().map(match -> match.truth().sampled()).toArray(Boolean[]::new))
                .bind("givenBy", StorableText.ofNullable(givenBy))
                .execute();
    }
}
