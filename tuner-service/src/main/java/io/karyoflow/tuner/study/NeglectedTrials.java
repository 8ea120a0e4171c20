package io.karyoflow.tuner.study;

import io.karyoflow.common.database.StoreUnavailableException;
import java.time.Duration;
import java.util.List;

/** Trials that nobody works on. Each call is one transaction; all throw {@link StoreUnavailableException} in an outage. */
public interface NeglectedTrials {
    /** Studies with a trial whose worker has been silent for longer than that. */
    List<String> withSilentWorkers(Duration silence);

    /**
     * Lets the requests of trials that no worker has taken for that long be sent once more: they may be lost. One that only
     * waits in a long queue is then there twice, and the second goes on with what the first has begun.
     */
    void sendUntakenAgain(Duration patience);
}
