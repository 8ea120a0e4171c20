package io.karyoflow.trainer.data;

import io.karyoflow.common.message.Hyperparameters;

/**
 * How training images are varied, in the order in which it is done. What is 0 is left out.
 *
 * @param orientations whether each is laid in one of its {@link Orientation}s at random
 * @param shift largest shift in each direction, as a share of the side, 0..0.5; see {@link ShiftAndZoom}
 * @param zoom natural logarithm of the largest magnification, 0..0.5; see {@link ShiftAndZoom}
 * @param stainJitter sigma of {@link StainJitter}, 0..1
 * @param blur largest sigma of {@link Blur} in pixels, 0..5
 * @param noise largest standard deviation of {@link Noise} in grey levels, 0..50
 * @param erasing probability that an image meets {@link Erasing}, 0..1
 * @param mixup alpha of {@link Mixup}, 0..1
 */
public record Augmentation(
        boolean orientations,
        double shift,
        double zoom,
        double stainJitter,
        double blur,
        double noise,
        double erasing,
        double mixup) {
    public static final Augmentation NONE = new Augmentation(false, 0, 0, 0, 0, 0, 0, 0);

    public static Augmentation of(Hyperparameters hyperparameters) {
        return new Augmentation(
                hyperparameters.flipsAndTurns(),
                hyperparameters.shift(),
                hyperparameters.zoom(),
                hyperparameters.stainJitter(),
                hyperparameters.blur(),
                hyperparameters.noise(),
                hyperparameters.erasing(),
                hyperparameters.mixup());
    }

    /** Whether images are laid in other orientations, and changed in no other way. */
    public boolean onlyOrientations() {
        return equals(new Augmentation(orientations, 0, 0, 0, 0, 0, 0, 0));
    }
}
