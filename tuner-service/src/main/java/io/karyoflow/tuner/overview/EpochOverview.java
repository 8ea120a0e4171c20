package io.karyoflow.tuner.overview;

/** One epoch of a trial, from 1; a value is null where it has not been recorded. */
public record EpochOverview(
        int epoch,
        Double trainingLoss,
        Double trainingAccuracy,
        Double trainingMacroF1,
        Double validationLoss,
        Double validationAccuracy,
        Double validationMacroF1,
        Double learningRate,
        Double imagesPerSecond) {}
