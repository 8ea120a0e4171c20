package io.karyoflow.explain.attribution;

/**
 * All that attribution methods ask of a model. N inputs in one call, C classes; arrays are row-major, inputs in the
 * layout of {@link InputShape}.
 */
public interface DifferentiableModel {
    InputShape inputShape();

    /**
     * @param inputs [N * height * width * channels]
     * @param count N
     * @return [N][C], the scores before softmax
     */
    float[][] logits(float[] inputs, int count);

    /**
     * d logit[target] / d input.
     *
     * @param inputs [N * height * width * channels]
     * @param targets [N], class indices from 0
     * @return [N * height * width * channels]
     */
    float[] gradient(float[] inputs, int[] targets);
}
