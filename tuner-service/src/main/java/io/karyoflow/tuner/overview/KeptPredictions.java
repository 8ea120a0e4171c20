package io.karyoflow.tuner.overview;

import java.util.Optional;

/** What final networks said of their validation images, as trainers leave it. */
public interface KeptPredictions {
    /** Empty for a trial that has not been completed, or whose table was too large to be kept. */
    Optional<TrialPredictions> of(String trialId);
}
