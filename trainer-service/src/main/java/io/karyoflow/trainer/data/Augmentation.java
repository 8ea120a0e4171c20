package io.karyoflow.trainer.data;

import io.karyoflow.common.message.Hyperparameters;

/**
 * How training images are varied so that what they show stays the same.
 *
 * @param orientations whether each is laid in one of its {@link Orientation}s at random
 * @param stainJitter sigma of {@link StainJitter}
 */
public record Augmentation(boolean orientations, double stainJitter) {
    public static final Augmentation NONE = new Augmentation(false, 0);

    public static Augmentation of(Hyperparameters hyperparameters) {
        return new Augmentation(hyperparameters.flipsAndTurns(), hyperparameters.stainJitter());
    }
}
