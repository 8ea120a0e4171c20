package io.karyoflow.trainer.trial;

/** Tells a running trial, from other threads, that it shall end early. The trial asks between steps. */
public final class Interruption {
    private volatile boolean overtaken;
    private volatile boolean shuttingDown;
    private volatile boolean stopRequested;

    /** Another worker or attempt has the trial, or it has ended. */
    public void overtaken() {
        overtaken = true;
    }

    /** This worker ends. */
    public void shutDown() {
        shuttingDown = true;
    }

    /** The study no longer wants the trial. */
    public void stop() {
        stopRequested = true;
    }

    /** @throws TrialInterruptedException if the trial shall end */
    void check() {
        checkHeld();
        if (stopRequested) {
            throw new TrialInterruptedException(TrialOutcome.STOPPED);
        }
    }

    /** @throws TrialInterruptedException if this worker may not even say anything more of the trial */
    void checkHeld() {
        if (overtaken) {
            throw new TrialInterruptedException(TrialOutcome.OVERTAKEN);
        }
        if (shuttingDown) {
            throw new TrialInterruptedException(TrialOutcome.RELEASED);
        }
    }
}
