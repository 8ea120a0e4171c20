package io.karyoflow.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A query of a Grafana dashboard as PostgreSQL gets it, so that a test can run each against a database that a study
 * filled:
 *
 * <pre>{@code
 * for (DashboardSql query : DashboardSql.of(Path.of("../docker/grafana/dashboards/karyoflow.json"), study, trial)) {
 *     assertThat(jdbi.withHandle(h -> h.createQuery(query.sql()).mapToMap().list()))
 *             .as(query.title()).isNotEmpty();
 * }
 * }</pre>
 *
 * @param title of the panel, or {@code variable <name>}
 * @param sql with Grafana's macros and variables replaced
 */
record DashboardSql(String title, String sql) {

    /**
     * Every query of the panels and of the variables.
     *
     * @param trial a completed trial of {@code study}: only those have class metrics
     * @throws IllegalStateException if there are none, or one uses something of Grafana's that is not replaced here
     */
    static List<DashboardSql> of(Path dashboard, String study, String trial) throws IOException {
        JsonNode json = new ObjectMapper().readTree(dashboard.toFile());
        List<DashboardSql> raw = new ArrayList<>();
        for (JsonNode variable : json.at("/templating/list")) {
            raw.add(new DashboardSql(
                    "variable " + variable.path("name").asText(),
                    variable.path("query").asText()));
        }
        addPanels(json.path("panels"), raw);
        if (raw.isEmpty()) {
            throw new IllegalStateException("no queries in " + dashboard);
        }
        return raw.stream().map(query -> query.replaced(study, trial)).toList();
    }

    private static void addPanels(JsonNode panels, List<DashboardSql> queries) {
        for (JsonNode panel : panels) {
            for (JsonNode target : panel.path("targets")) {
                queries.add(new DashboardSql(
                        panel.path("title").asText(), target.path("rawSql").asText()));
            }
            addPanels(panel.path("panels"), queries); // a collapsed row holds its panels
        }
    }

    private DashboardSql replaced(String study, String trial) {
        String replaced = sql.replace("${study:sqlstring}", quoted(study))
                .replace("${trial:sqlstring}", quoted(trial))
                // a week begins up to seven days before what happens in it
                .replaceAll("\\$__timeFilter\\(([^)]*)\\)", "$1 BETWEEN now() - interval '14 days' AND now()");
        if (replaced.contains("$") || replaced.isBlank()) {
            throw new IllegalStateException("cannot run the query of '" + title + "' as it is: " + replaced);
        }
        return new DashboardSql(title, replaced);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
