package io.karyoflow.ingest.dataset;

import io.karyoflow.common.message.DatasetRegistered;
import java.time.Instant;

/**
 * A data set as it stands.
 *
 * @param checked images decoded so far
 * @param published images acknowledged so far
 * @param total images found, or null as long as that is unknown
 * @param report problems by file and reason
 * @param registration where its images are, or null if it is not REGISTERED
 * @param error why it was rejected or failed as a whole, or null
 */
public record Dataset(
        String id,
        String name,
        ImportState state,
        int checked,
        int published,
        Integer total,
        ImportReport report,
        DatasetRegistered registration,
        String error,
        Instant createdAt,
        Instant finishedAt) {}
