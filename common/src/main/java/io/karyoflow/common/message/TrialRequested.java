package io.karyoflow.common.message;

/**
 * Train this; any idle trainer may take it. It carries all that a trainer needs.
 *
 * @param trialId the trial's id; also the record's key
 * @param attempt from 1; a trial that is tried again is a new request with the next number, and events of an overtaken
 *     attempt are ignored
 * @param studyId the study it belongs to
 * @param architecture which network
 * @param hyperparameters complete and validated
 * @param epochs the budget: passes over the training images, at least 1
 * @param seed of weights, shuffling, dropout and augmentation
 * @param dataset where the images are
 * @param validationFold the fold that is not trained on
 */
public record TrialRequested(
        String trialId,
        int attempt,
        String studyId,
        Architecture architecture,
        Hyperparameters hyperparameters,
        int epochs,
        long seed,
        DatasetRegistered dataset,
        int validationFold) {}
