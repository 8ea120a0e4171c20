package io.karyoflow.explain.attribution;

import java.util.Arrays;

/**
 * All that attribution methods ask of a model. N inputs in one call, C classes; arrays are row-major, inputs in the
 * layout of {@link InputShape}. A model keeps no reference to the inputs that it is given (callers fill the array anew)
 * and gives away the arrays that it returns (callers may change them).
 */
public interface ExplainableModel {
    InputShape inputShape();

    /** What the model sees of glass without tissue: [channels]. Ones, unless the model says otherwise. */
    default float[] white() {
        float[] white = new float[inputShape().channels()];
        Arrays.fill(white, 1);
        return white;
    }

    /** What logits are divided by before softmax makes them the model's probabilities, above 0. */
    default double temperature() {
        return 1;
    }

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
     * @throws UnsupportedByModelException if the model cannot be differentiated
     * @throws IllegalArgumentException if a target is none of the classes
     */
    default float[] gradient(float[] inputs, int[] targets) {
        throw new UnsupportedByModelException("gradients with respect to its input");
    }

    /**
     * What the last convolution says of N inputs, and d logit[target] / d of it.
     *
     * @param inputs [N * height * width * channels]
     * @param targets [N], class indices from 0
     * @throws UnsupportedByModelException if the model has no such layer, or does not show it
     * @throws IllegalArgumentException if a target is none of the classes
     */
    default Activations lastConvolution(float[] inputs, int[] targets) {
        throw new UnsupportedByModelException("activations and gradients of its last convolution");
    }
}
