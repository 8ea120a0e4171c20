package io.karyoflow.ingest.label;

import io.karyoflow.common.database.StoreUnavailableException;
import java.util.List;

/** Where labels go as they come, to be among {@link Labels}. */
public interface KeepLabels {
    /**
     * Stores all or none. One of a request that has a later one already changes nothing, so it does no harm to store the same
     * again.
     *
     * @throws UnstorableLabelException if one of them can never be stored
     * @throws StoreUnavailableException if the store does not answer; then it is to be tried again
     */
    void store(List<StoredLabel> labels);
}
