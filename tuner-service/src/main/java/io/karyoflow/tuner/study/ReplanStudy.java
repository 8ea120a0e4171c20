package io.karyoflow.tuner.study;

import io.karyoflow.common.database.StoreUnavailableException;
import java.time.Instant;
import java.util.List;

/** Decides about a stored study. Each call is one transaction. */
public interface ReplanStudy {
    /**
     * Loads the study, applies what {@code planning} decides and keeps everybody else from planning it meanwhile.
     *
     * @throws UnknownIdException if there is no such study
     * @throws StoreUnavailableException in an outage
     */
    void replan(String studyId, Planning planning);

    /** May throw, and then nothing is stored. */
    @FunctionalInterface
    interface Planning {
        List<Decision> plan(StudyProgress progress, Instant now);
    }
}
