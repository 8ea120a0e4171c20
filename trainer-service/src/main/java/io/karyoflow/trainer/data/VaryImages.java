package io.karyoflow.trainer.data;

import java.util.List;
import java.util.Random;

/** Varies the images of one epoch, one after the other; the same seeds vary them in the same way. */
final class VaryImages {
    private final Augmentation augmentation;
    private final Random orientations;
    private final Random stains;

    VaryImages(Augmentation augmentation, long orientationSeed, long stainSeed) {
        this.augmentation = augmentation;
        this.orientations = new Random(orientationSeed);
        this.stains = new Random(stainSeed);
    }

    /** Lays an image [height * width * 3] into {@code to} from {@code offset} on. */
    void lay(byte[] image, int height, int width, byte[] to, int offset) {
        orientation(height, width).lay(image, height, width, to, offset);
        if (augmentation.stainJitter() > 0) {
            new StainJitter(augmentation.stainJitter(), stains).apply(to, offset, offset + image.length);
        }
    }

    private Orientation orientation(int height, int width) {
        if (!augmentation.orientations()) {
            return Orientation.AS_IT_IS;
        }
        List<Orientation> possible = Orientation.of(height, width);
        return possible.get(orientations.nextInt(possible.size()));
    }
}
