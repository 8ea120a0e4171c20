package io.karyoflow.ingest.web;

import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.ingest.dataset.Dataset;
import io.karyoflow.ingest.dataset.ImportReport;
import io.karyoflow.ingest.dataset.ImportState;
import io.karyoflow.ingest.dataset.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A data set as REST shows it. */
record DatasetView(
        String id,
        String name,
        ImportState state,
        int checked,
        int published,
        Integer total,
        List<Problem> problems,
        int problemCount,
        Map<Problem.Kind, Integer> problemCounts,
        List<String> warnings,
        DatasetRegistered registration,
        String error,
        Instant createdAt,
        Instant finishedAt) {

    /** One that has just been submitted. */
    static DatasetView accepted(String id, String name) {
        return of(new Dataset(
                id, name, ImportState.VALIDATING, 0, 0, null, ImportReport.EMPTY, null, null, Instant.now(), null));
    }

    static DatasetView of(Dataset dataset) {
        return new DatasetView(
                dataset.id(),
                dataset.name(),
                dataset.state(),
                dataset.checked(),
                dataset.published(),
                dataset.total(),
                dataset.report().problems(),
                dataset.report().problemCount(),
                dataset.report().countsByKind(),
                dataset.report().warnings(),
                dataset.registration(),
                dataset.error(),
                dataset.createdAt(),
                dataset.finishedAt());
    }
}
