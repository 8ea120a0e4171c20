package io.karyoflow.tuner.wiring;

import io.karyoflow.tuner.study.TrialLimits;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** When to give up on workers and trials. */
@ConfigMapping(prefix = "karyoflow.trials")
public interface TrialsConfiguration {
    /** A worker that has been silent for longer has vanished. Workers show life about every 10 s. */
    @WithDefault("2m")
    Duration lostAfter();

    /**
     * A trial whose workers have vanished this many times in a row has failed. A checkpoint of a later place begins the
     * count anew: so a trial may take longer than any worker lasts, and one that gets no further still ends.
     */
    @WithDefault("3")
    @Min(1)
    int maxAttempts();

    /** A request that no worker has taken for longer is sent once more: Kafka may have lost it. */
    @WithDefault("6h")
    Duration untakenAfter();

    /** How often to look for workers that have vanished, and for such requests. */
    @WithDefault("10s")
    Duration watchEvery();

    default TrialLimits limits() {
        return new TrialLimits(lostAfter(), maxAttempts(), untakenAfter());
    }
}
