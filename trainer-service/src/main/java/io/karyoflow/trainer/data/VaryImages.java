package io.karyoflow.trainer.data;

import java.util.List;
import java.util.random.RandomGenerator;

/** Varies images of one size by themselves; has room for one image at work, so it is for one thread. */
final class VaryImages {
    private final Augmentation augmentation;
    private final int height;
    private final int width;
    private final List<Orientation> orientations;
    private final byte[] laid;
    private final byte[] moved;

    VaryImages(Augmentation augmentation, int height, int width) {
        this.augmentation = augmentation;
        this.height = height;
        this.width = width;
        this.orientations = Orientation.of(height, width);
        this.laid = new byte[height * width * 3];
        this.moved = new byte[height * width * 3];
    }

    /**
     * First what a slide can do, then what a laboratory does, then a microscope, then a camera.
     *
     * @param image [height * width * 3], which may be changed
     * @return the image varied; it stays so until the next call
     */
    byte[] vary(byte[] image, RandomGenerator random) {
        byte[] varied = image;
        if (augmentation.orientations()) {
            orientations.get(random.nextInt(orientations.size())).lay(varied, height, width, laid, 0);
            varied = laid;
        }
        if (augmentation.shift() > 0 || augmentation.zoom() > 0) {
            ShiftAndZoom.draw(augmentation.shift(), augmentation.zoom(), height, width, random)
                    .lay(varied, height, width, moved);
            varied = moved;
        }
        if (augmentation.stainJitter() > 0) {
            new StainJitter(augmentation.stainJitter(), random).apply(varied, 0, varied.length);
        }
        if (augmentation.blur() > 0) {
            Blur.draw(augmentation.blur(), random).apply(varied, height, width);
        }
        if (augmentation.noise() > 0) {
            Noise.draw(augmentation.noise(), random).apply(varied, random);
        }
        if (random.nextDouble() < augmentation.erasing()) {
            Erasing.draw(height, width, random).apply(varied, width);
        }
        return varied;
    }
}
