package io.karyoflow.inference.prediction;

import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.model.ImageSizes;
import io.karyoflow.common.model.ModelDescription;
import io.karyoflow.common.runtime.Classifier;
import io.karyoflow.common.runtime.ImageBatch;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;

/** Says class 1 with a probability of red / 255, where red is that of the image's first pixel. Remembers its batches. */
final class FirstPixelModel implements Classifier {
    final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
    /** Of each call, the colours of its images. */
    final List<float[]> colours = Collections.synchronizedList(new ArrayList<>());
    /** It throws on batches that hold an image whose first pixel has this red. */
    int failsOnRed = -1;
    /** What happens first in each call. */
    Before before = images -> {};
    /** Of what it learned from, null if it does not say. */
    ImageSizes sizes;

    private final Hyperparameters hyperparameters;

    FirstPixelModel(Hyperparameters hyperparameters) {
        this.hyperparameters = hyperparameters;
    }

    interface Before {
        void classify(ImageBatch images) throws Exception;
    }

    record Call(int count, int height, int width) {}

    @Override
    public String id() {
        return "first-pixel";
    }

    @Override
    public ModelDescription description() {
        return new ModelDescription(
                Architecture.CONVNET,
                hyperparameters,
                List.of("dark", "red"),
                8,
                8,
                sizes,
                new EpochMetrics(0, 1, 1),
                1,
                "dataset",
                0,
                1,
                0,
                "study",
                "trial",
                "test",
                null);
    }

    @Override
    public Classification classify(ImageBatch images) {
        try {
            before.classify(images);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        calls.add(new Call(images.count(), images.height(), images.width()));
        colours.add(images.colours());
        float[][] probabilities = new float[images.count()][];
        for (int i = 0; i < probabilities.length; i++) {
            float pixel = images.pixels()[i * images.height() * images.width() * 3];
            if (pixel == failsOnRed) {
                throw new IllegalStateException("red " + failsOnRed + " is too much");
            }
            float red = pixel / 255;
            probabilities[i] = new float[] {1 - red, red};
        }
        return new Classification(probabilities, probabilities);
    }

    /** An image of that red in its first pixel, otherwise black. */
    static byte[] png(int width, int height, int red) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, red << 16);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
