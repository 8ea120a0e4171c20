package io.karyoflow.trainer.trial;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The trials that this process trains just now, for those who have something to tell them. */
public final class RunningTrials {
    private final Map<String, Interruption> interruptions = new ConcurrentHashMap<>();

    public void started(String trialId, Interruption interruption) {
        interruptions.put(trialId, interruption);
    }

    public void ended(String trialId, Interruption interruption) {
        interruptions.remove(trialId, interruption);
    }

    /** Asks the trial to stop after the running step. @return false if it does not run here */
    public boolean stop(String trialId) {
        Interruption interruption = interruptions.get(trialId);
        if (interruption == null) {
            return false;
        }
        interruption.stop();
        return true;
    }
}
