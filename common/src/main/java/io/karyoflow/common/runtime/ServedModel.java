package io.karyoflow.common.runtime;

/**
 * One model, ready to answer what it sees and why. N images, C classes, h x w the network's input. Arrays are row-major.
 * Safe for use by several threads.
 */
public interface ServedModel extends OpenClassifier {
    /** What the network sees of the images: [N * h * w * 3]. */
    float[] preprocess(ImageBatch images);

    /**
     * @param inputs [N * h * w * 3], as {@link #preprocess} gives them
     * @return [N][C]
     */
    float[][] logits(float[] inputs, int count);

    /**
     * d logit[target] / d input.
     *
     * @param inputs [N * h * w * 3], as {@link #preprocess} gives them
     * @param targets [N], class indices from 0
     * @return gradient [N * h * w * 3]
     * @throws MissingSignatureException if the bundle has no such signature
     */
    float[] gradient(float[] inputs, int[] targets);

    /**
     * What the last convolution puts out, and d logit[target] / d that.
     *
     * @param inputs [N * h * w * 3], as {@link #preprocess} gives them
     * @param targets [N], class indices from 0
     * @throws MissingSignatureException if the bundle has no such signature
     */
    LastConvolution lastConvolution(float[] inputs, int[] targets);

    /**
     * Of N inputs; a x b x K is smaller than the input and has more channels.
     *
     * @param height a
     * @param width b
     * @param channels K
     * @param activations [N * a * b * K]
     * @param gradients [N * a * b * K]
     */
    record LastConvolution(int height, int width, int channels, float[] activations, float[] gradients) {}
}
