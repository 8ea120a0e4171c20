package io.karyoflow.ingest.dataset;

import io.karyoflow.common.message.DatasetRegistered;

/** Tells the others that a data set is complete. */
@FunctionalInterface
public interface AnnounceDataset {
    /**
     * Returns when it has been acknowledged.
     *
     * @throws io.karyoflow.ingest.image.PublishingFailedException if it was not
     */
    void announce(DatasetRegistered registration);
}
