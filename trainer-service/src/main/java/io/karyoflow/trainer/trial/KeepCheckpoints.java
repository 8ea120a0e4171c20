package io.karyoflow.trainer.trial;

import io.karyoflow.common.message.TrialRequested;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves a checkpoint of one trial every so often. A database that is away holds nothing up: the next one is as good. */
final class KeepCheckpoints {
    private static final Logger LOG = LoggerFactory.getLogger(KeepCheckpoints.class);

    private final Checkpoints checkpoints;
    private final Duration interval;
    private final InstantSource clock;
    private final TrialRequested request;
    private final Worker worker;
    private Instant last;
    private boolean wanted = true;

    KeepCheckpoints(TrialTools tools, TrialRequested request, Worker worker) {
        this.checkpoints = tools.checkpoints();
        this.interval = tools.settings().checkpointInterval();
        this.clock = tools.clock();
        this.request = request;
        this.worker = worker;
        this.last = clock.instant();
    }

    /** To be called between two steps. One is due, too, if the clock was put back by as much as the interval. */
    void keepIfDue(TrainEpochs epochs) {
        if (wanted && Duration.between(last, clock.instant()).abs().compareTo(interval) >= 0) {
            keep(epochs);
        }
    }

    /** Leaves one now. To be called between two steps. */
    void keep(TrainEpochs epochs) {
        try {
            wanted = checkpoints.save(request, worker, epochs.checkpoint());
        } catch (OutageException e) {
            LOG.warn("no checkpoint of trial {}: {}", request.trialId(), e.getMessage());
        }
        last = clock.instant();
    }
}
