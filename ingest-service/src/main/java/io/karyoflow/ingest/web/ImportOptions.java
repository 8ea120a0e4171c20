package io.karyoflow.ingest.web;

import io.karyoflow.ingest.dataset.ImportConfig;
import io.karyoflow.ingest.dataset.ImportRequest;
import io.karyoflow.ingest.dataset.ImportSource;
import io.karyoflow.ingest.dataset.OnError;
import io.karyoflow.ingest.dataset.split.SplitRequest;
import java.util.List;

/** What may be said of an import, in JSON and in forms alike; absent means the default. */
record ImportOptions(
        String name, List<String> classes, OnError onError, Integer folds, Double validationShare, Long seed) {

    /** @throws IllegalArgumentException if a value is out of its range; the message names it and the range */
    ImportRequest request(ImportSource source, String defaultName, ImportConfig config) {
        return new ImportRequest(
                name == null || name.isBlank() ? defaultName : name.strip(),
                source,
                classes == null || classes.isEmpty() ? config.classes() : classes,
                onError == null ? OnError.REJECT : onError,
                split(config));
    }

    private SplitRequest split(ImportConfig config) {
        int defaultFolds = validationShare == null ? config.folds() : 2;
        boolean byDefault = folds == null && validationShare == null && seed == null;
        return new SplitRequest(
                folds == null ? defaultFolds : folds, validationShare, seed == null ? 0 : seed, byDefault);
    }
}
