package io.karyoflow.trainer.training;

import io.karyoflow.trainer.network.WeightValues;
import java.util.Map;

/**
 * All that a session has learned: another session of the same network and hyperparameters that is given it goes on as this
 * one would have.
 *
 * @param steps made so far; chance in a step follows from the seed and its number alone
 * @param weights by name
 * @param averages of the weights; empty if there are none
 * @param memory of the optimiser
 */
public record TrainingState(
        long steps,
        Map<String, WeightValues> weights,
        Map<String, WeightValues> averages,
        Map<String, WeightValues> memory) {}
