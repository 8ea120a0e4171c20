package io.karyoflow.trainer.trial;

import io.karyoflow.common.message.TrialEvent;

/** Says what happened, to whoever listens. */
public interface TrialEvents {
    /** Returns when the event will not be lost. @throws OutageException if that is not sure */
    void say(TrialEvent event);
}
