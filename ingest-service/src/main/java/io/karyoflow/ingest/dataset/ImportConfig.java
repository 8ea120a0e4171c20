package io.karyoflow.ingest.dataset;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Where data sets come from and how they are imported. */
@ConfigMapping(prefix = "karyoflow.import")
public interface ImportConfig {
    /** Folder below which data sets on the server lie; nothing outside it can be imported by path. */
    @WithDefault("import")
    Path root();

    /** Whether train.csv, train.zip and train/ below the root may be links to what is not below it. */
    @WithDefault("false")
    boolean followLinks();

    /** Folder that holds uploaded files until their import has ended. */
    @WithDefault("uploads")
    Path uploads();

    /** Class names by label, for requests that name none. */
    @WithDefault("normal epithelial,cancer epithelial,muscle,immune leukocyte")
    List<String> classes();

    /** Folds, for requests that name neither folds nor a validation share, and data that come without. */
    @WithDefault("5")
    int folds();

    /** Imports at once; others wait. */
    @WithDefault("1")
    int concurrency();

    /** When to see again to an import that an outage of the database interrupted, or that another instance runs. */
    @WithDefault("PT5S")
    Duration retryInterval();

    /** A report lists so many problems of each kind, and counts all. */
    @WithDefault("1000")
    int listedProblems();

    /** How often progress is written to the database. */
    @WithDefault("PT0.5S")
    Duration progressInterval();

    /** How often data sets are announced that could not be announced when they were registered. */
    @WithDefault("PT10S")
    Duration announceInterval();
}
