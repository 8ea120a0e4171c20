package io.karyoflow.tuner.study;

import io.karyoflow.common.message.DatasetRegistered;
import java.util.Optional;

/** The data sets that ingest has imported. */
public interface Datasets {
    Optional<Found> find(String id);

    /**
     * @param state as ingest says it, for example {@code PUBLISHING}
     * @param registration present once the state is {@code REGISTERED}
     */
    record Found(String id, String state, Optional<DatasetRegistered> registration) {}
}
