package io.karyoflow.tuner.search;

import io.karyoflow.common.message.Hyperparameters;

/**
 * What a search may learn from.
 *
 * @param number of the trial in its study, from 1
 * @param hyperparameters what was tried
 * @param score of the study's metric at the last epoch; higher is better whatever the metric; NaN for a failed trial
 * @param epochs how many were trained
 * @param completed whether it came to its own end, and was not stopped on its way, nor failed
 */
public record FinishedTrial(int number, Hyperparameters hyperparameters, double score, int epochs, boolean completed) {
    boolean scored() {
        return !Double.isNaN(score);
    }
}
