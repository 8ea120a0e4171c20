package io.karyoflow.tuner.overview;

import java.util.Optional;

/** What final networks said of their validation images, as trainers leave it. */
public interface KeptPredictions {
    /** Empty for a trial that has not been completed, or whose table was too large to be kept. */
    Optional<TrialPredictions> of(String trialId);

    /** Of how many of its mistakes there are pictures: of the first ones in its table. */
    int pictures(String trialId);

    /**
     * A PNG of the image that a trial's final network got wrong.
     *
     * @param number which of the mistakes in its table, from 1
     */
    Optional<byte[]> picture(String trialId, int number);
}
