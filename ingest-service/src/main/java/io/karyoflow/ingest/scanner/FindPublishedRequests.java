package io.karyoflow.ingest.scanner;

import java.time.Instant;
import java.util.Set;

/** Looks up which requests have been published; asked only after a crash or a failure. */
@FunctionalInterface
public interface FindPublishedRequests {
    /** Those of {@code ids} that were published at {@code since} or later, up to now. */
    Set<String> among(Set<String> ids, Instant since);
}
