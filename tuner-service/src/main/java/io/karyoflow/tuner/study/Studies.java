package io.karyoflow.tuner.study;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The stored studies. Each call is one transaction; all throw {@link StoreUnavailableException} in an outage. */
public interface Studies {
    /** Stores a new study with what {@code planning} decides for it. */
    void begin(Study study, Planning planning);

    /**
     * Loads the study, applies what {@code planning} decides and keeps everybody else from planning it meanwhile.
     *
     * @throws UnknownIdException if there is no such study
     */
    void replan(String studyId, Planning planning);

    /** Which study a trial belongs to. */
    Optional<String> studyOf(String trialId);

    /** Studies with a trial whose worker has been silent for longer than that. */
    List<String> withSilentWorkers(Duration silence);

    /**
     * Lets the requests of trials that no worker has taken for that long be sent once more: they may be lost. One that only
     * waits in a long queue is then there twice, and the second goes on with what the first has begun.
     */
    void sendUntakenAgain(Duration patience);

    /** May throw, and then nothing is stored. */
    @FunctionalInterface
    interface Planning {
        List<Decision> plan(StudyProgress progress, Instant now);
    }
}
