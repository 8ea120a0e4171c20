package io.karyoflow.trainer.trial;

/** Tells a running trial, from other threads, that it shall end early. The trial asks between steps. */
public final class Interruption {
    private volatile boolean overtaken;
    private volatile boolean shuttingDown;
    private volatile boolean stopRequested;

    /** What the database says of the trial. */
    void heed(Standing standing) {
        switch (standing) {
            case HELD -> {}
            case STOP_REQUESTED -> stop();
            case OVERTAKEN -> overtaken = true;
        }
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
