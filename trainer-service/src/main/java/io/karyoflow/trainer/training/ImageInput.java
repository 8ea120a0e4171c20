package io.karyoflow.trainer.training;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.image.RgbImage;
import io.karyoflow.trainer.data.Batch;
import io.karyoflow.trainer.network.Network;
import io.karyoflow.trainer.network.Preprocessing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** Where batches of images go into a graph, in parts, and what the network sees of them. */
public final class ImageInput {
    private final boolean ofSlides;
    private final List<Part> parts = new ArrayList<>();

    /** @param parts how many share the images of a batch; they can be computed side by side */
    public ImageInput(Ops tf, Network network, int parts) {
        Preprocessing preprocessing = network.preprocessing();
        this.ofSlides = preprocessing.ofSlides();
        for (int part = 0; part < parts; part++) {
            Placeholder<TUint8> pixels = tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
            Placeholder<TFloat32> slides =
                    tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, ColourStatistics.NUMBERS)));
            this.parts.add(new Part(pixels, slides, preprocessing.input(tf, pixels, slides)));
        }
    }

    private record Part(Placeholder<TUint8> pixels, Placeholder<TFloat32> slides, Operand<TFloat32> seen) {}

    /**
     * Of each part [n, inputSize, inputSize, 3]; together the N images of the batch, in their order. Where they are fewer
     * than parts, the last is repeated.
     */
    public List<Operand<TFloat32>> seen() {
        return parts.stream().map(Part::seen).toList();
    }

    public void feed(Feeding feeding, Batch batch) {
        int images = Math.max(batch.size(), parts.size()); // TensorFlow has operations that need one
        for (int part = 0; part < parts.size(); part++) {
            int from = Math.min(images * part / parts.size(), batch.size() - 1);
            int to = Math.min(images * (part + 1) / parts.size(), batch.size());
            feed(feeding, batch, from, to, parts.get(part));
        }
    }

    private void feed(Feeding feeding, Batch batch, int from, int to, Part part) {
        long image = (long) batch.height() * batch.width() * 3;
        feeding.feed(
                part.pixels(),
                TUint8.tensorOf(
                        Shape.of(to - from, batch.height(), batch.width(), 3),
                        DataBuffers.of(batch.rgb(), true, false).slice(from * image, (to - from) * image)));
        if (ofSlides) {
            feeding.feed(
                    part.slides(),
                    TFloat32.tensorOf(
                            Shape.of(to - from, ColourStatistics.NUMBERS), DataBuffers.of(colours(batch, from, to))));
        }
    }

    private static float[] colours(Batch batch, int from, int to) {
        float[] colours = new float[(to - from) * ColourStatistics.NUMBERS];
        for (int i = from; i < to; i++) {
            ColourStatistics slide = batch.slides()[i];
            (slide == null ? own(batch, i) : slide).copyTo(colours, (i - from) * ColourStatistics.NUMBERS);
        }
        return colours;
    }

    private static ColourStatistics own(Batch batch, int image) {
        int size = batch.height() * batch.width() * 3;
        return ColourStatistics.of(new RgbImage(
                batch.height(), batch.width(), Arrays.copyOfRange(batch.rgb(), image * size, (image + 1) * size)));
    }
}
