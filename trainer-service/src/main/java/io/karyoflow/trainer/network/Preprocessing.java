package io.karyoflow.trainer.network;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.message.StainNormalisation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ScaleAndTranslate;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * From an image to what the network sees: input = pixel * factor - offset for each of red, green and blue. It is part of
 * the graph, so that training and serving cannot differ.
 *
 * @param inputSize side of the square input, in pixels
 * @param factor [3]
 * @param offset [3]
 * @param stains whether images are brought to the same stains first
 */
public record Preprocessing(int inputSize, float[] factor, float[] offset, StainNormalisation stains) {

    /** From 0..255 to -1..1. */
    public static Preprocessing symmetric(int inputSize) {
        float factor = 1 / 127.5f;
        return new Preprocessing(
                inputSize, new float[] {factor, factor, factor}, new float[] {1, 1, 1}, StainNormalisation.NONE);
    }

    /**
     * To mean 0 and deviation 1 over ImageNet's photographs: (pixel / 255 - mean) / deviation. Weights from torchvision and
     * from the ONNX model zoo were trained on this.
     */
    public static Preprocessing imageNet(int inputSize) {
        double[] mean = {0.485, 0.456, 0.406};
        double[] deviation = {0.229, 0.224, 0.225};
        float[] factor = new float[3];
        float[] offset = new float[3];
        for (int colour = 0; colour < 3; colour++) {
            factor[colour] = (float) (1 / (255 * deviation[colour]));
            offset[colour] = (float) (mean[colour] / deviation[colour]);
        }
        return new Preprocessing(inputSize, factor, offset, StainNormalisation.NONE);
    }

    /** The same after this kind of stain normalisation. */
    Preprocessing after(StainNormalisation normalisation) {
        return new Preprocessing(inputSize, factor, offset, normalisation);
    }

    /** Whether the colours of each image's slide must be known. */
    public boolean ofSlides() {
        return stains == StainNormalisation.SLIDE;
    }

    /**
     * Bilinear to the input size; where that is smaller, the triangle is widened, so that every pixel counts and nothing
     * aliases. Then stains are normalised, and values scaled.
     *
     * @param image [N, H, W, 3] of any size, 0..255
     * @param slides [N, 6], the {@link ColourStatistics} of each image's slide; used only if it is {@link #ofSlides}
     * @return [N, inputSize, inputSize, 3]
     */
    public Operand<TFloat32> input(Ops tf, Operand<? extends TNumber> image, Operand<TFloat32> slides) {
        Operand<TInt32> size = tf.constant(new int[] {inputSize, inputSize});
        Operand<TInt32> imageSize = tf.slice(tf.shape(image), tf.constant(new int[] {1}), tf.constant(new int[] {2}));
        Operand<TFloat32> scale =
                tf.math.div(tf.dtypes.cast(size, TFloat32.class), tf.dtypes.cast(imageSize, TFloat32.class));
        Operand<TFloat32> resized = tf.image.scaleAndTranslate(
                image,
                size,
                scale,
                tf.constant(new float[] {0, 0}),
                ScaleAndTranslate.kernelType("triangle"),
                ScaleAndTranslate.antialias(true));
        Operand<TFloat32> stained =
                switch (stains) {
                    case NONE -> resized;
                    case MACENKO -> new Macenko(tf).normalise(resized, inputSize);
                    case HAEMATOXYLIN -> new Haematoxylin(tf).alone(resized);
                    case SLIDE -> new Reinhard(tf).normalise(resized, slides);
                };
        return tf.math.sub(tf.math.mul(stained, colours(tf, factor)), colours(tf, offset));
    }

    /** A single number where all three are alike: TensorFlow is ten times as quick with it. */
    private static Operand<TFloat32> colours(Ops tf, float[] numbers) {
        boolean alike = numbers[0] == numbers[1] && numbers[1] == numbers[2];
        return alike ? tf.constant(numbers[0]) : tf.constant(numbers);
    }
}
