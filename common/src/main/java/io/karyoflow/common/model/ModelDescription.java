package io.karyoflow.common.model;

import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.StainNormalisation;
import java.util.List;
import java.util.Optional;

/**
 * {@code model.json} of a bundle: everything that the model's numbers depend on.
 *
 * @param architecture which network
 * @param hyperparameters what it was trained with
 * @param classes names by output index
 * @param inputHeight h of the network's input, in pixels
 * @param inputWidth w of the network's input, in pixels
 * @param imageSizes of the data set's images, null if they are not known: bundles of earlier versions do not say
 * @param validation metrics on the validation fold after the last epoch
 * @param temperature logits are divided by it before softmax (Guo et al., On Calibration of Modern Neural Networks,
 *     2017); above 0, 1 for uncalibrated
 * @param datasetId the data set trained on
 * @param validationFold the fold not trained on
 * @param epochs passes over the training images
 * @param seed of weights, shuffling, dropout and augmentation
 * @param studyId the study it came from
 * @param trialId the trial it came from
 * @param codeVersion of the trainer
 * @param savedModelSha256 over the SavedModel's files, in the order of their names; 64 hexadecimal digits
 */
public record ModelDescription(
        Architecture architecture,
        Hyperparameters hyperparameters,
        List<String> classes,
        int inputHeight,
        int inputWidth,
        ImageSizes imageSizes,
        EpochMetrics validation,
        double temperature,
        String datasetId,
        int validationFold,
        int epochs,
        long seed,
        String studyId,
        String trialId,
        String codeVersion,
        String savedModelSha256) {

    /** Whether it must be told the colours of the slide that an image is of. */
    public boolean seesSlides() {
        return hyperparameters.stainNormalisation() == StainNormalisation.SLIDE;
    }

    /** What makes the label of an image of this size doubtful, as a sentence; empty if nothing is known that does. */
    public Optional<String> warning(int height, int width) {
        return Optional.ofNullable(imageSizes).flatMap(sizes -> sizes.warning(height, width, hyperparameters.zoom()));
    }

    ModelDescription withSavedModelSha256(String sha256) {
        return new ModelDescription(
                architecture,
                hyperparameters,
                classes,
                inputHeight,
                inputWidth,
                imageSizes,
                validation,
                temperature,
                datasetId,
                validationFold,
                epochs,
                seed,
                studyId,
                trialId,
                codeVersion,
                sha256);
    }
}
