package io.karyoflow.tuner.search;

import java.util.random.RandomGenerator;

/** A density over the unit interval of one parameter, as {@link ParzenEstimator} multiplies and adds them up. */
interface Kernel {
    /** A position from 0 to 1. */
    double sample(RandomGenerator random);

    /** For a parameter whose values are counted, the logarithm of the probability of the value there. */
    double logDensity(double position);
}
