package io.karyoflow.tuner.study;

import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.message.Hyperparameters;
import java.util.Map;

/**
 * What a study has tried so far and what came of it. It grows with every epoch, and few events need it: so it is read when
 * it is asked for, in the transaction of the plan.
 */
public interface StudyHistory {
    /** Metrics on the validation fold after that epoch, from 1, by trial id; of the trials that have recorded it. */
    Map<String, EpochMetrics> after(int epoch);

    /** Every stored trial, by its id. */
    Map<String, Tried> tried();

    /**
     * One configuration and how it does.
     *
     * @param epochs how many have been recorded
     * @param validation metrics on the validation fold after the latest of them; null before the first
     */
    record Tried(Hyperparameters hyperparameters, int epochs, EpochMetrics validation) {
        /** Higher is better; NaN before the first epoch. */
        double score(Metric metric) {
            return validation == null ? Double.NaN : metric.score(validation);
        }
    }
}
