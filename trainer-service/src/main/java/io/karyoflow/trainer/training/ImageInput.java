package io.karyoflow.trainer.training;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.image.RgbImage;
import io.karyoflow.trainer.data.Batch;
import io.karyoflow.trainer.network.Network;
import io.karyoflow.trainer.network.Preprocessing;
import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** Where batches of images go into a graph, and what the network sees of them. */
public final class ImageInput {
    private final Placeholder<TUint8> pixels;
    private final Placeholder<TFloat32> slides;
    private final boolean ofSlides;
    private final Operand<TFloat32> seen;

    public ImageInput(Ops tf, Network network) {
        Preprocessing preprocessing = network.preprocessing();
        this.pixels = tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
        this.slides = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, ColourStatistics.NUMBERS)));
        this.ofSlides = preprocessing.ofSlides();
        this.seen = preprocessing.input(tf, pixels, slides);
    }

    /** [N, inputSize, inputSize, 3] */
    public Operand<TFloat32> seen() {
        return seen;
    }

    public void feed(Feeding feeding, Batch batch) {
        feeding.feed(
                pixels,
                TUint8.tensorOf(
                        Shape.of(batch.size(), batch.height(), batch.width(), 3),
                        DataBuffers.of(batch.rgb(), true, false)));
        if (ofSlides) {
            feeding.feed(
                    slides,
                    TFloat32.tensorOf(
                            Shape.of(batch.size(), ColourStatistics.NUMBERS), DataBuffers.of(colours(batch))));
        }
    }

    private static float[] colours(Batch batch) {
        float[] colours = new float[batch.size() * ColourStatistics.NUMBERS];
        for (int i = 0; i < batch.size(); i++) {
            ColourStatistics slide = batch.slides()[i];
            (slide == null ? own(batch, i) : slide).copyTo(colours, i * ColourStatistics.NUMBERS);
        }
        return colours;
    }

    private static ColourStatistics own(Batch batch, int image) {
        int size = batch.height() * batch.width() * 3;
        return ColourStatistics.of(new RgbImage(
                batch.height(), batch.width(), Arrays.copyOfRange(batch.rgb(), image * size, (image + 1) * size)));
    }
}
