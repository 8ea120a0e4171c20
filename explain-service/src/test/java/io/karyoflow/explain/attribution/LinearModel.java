package io.karyoflow.explain.attribution;

import java.util.ArrayList;
import java.util.List;

/** logit_c(x) = w_c . x + b_c: every attribution of it can be worked out by hand. Remembers the sizes of its batches. */
public final class LinearModel implements ExplainableModel {
    private final InputShape shape;
    private final float[][] weights;
    private final float[] biases;
    public final List<Integer> batches = new ArrayList<>();

    public LinearModel(InputShape shape, float[] biases, float[]... weights) {
        this.shape = shape;
        this.weights = weights;
        this.biases = biases;
    }

    @Override
    public InputShape inputShape() {
        return shape;
    }

    @Override
    public float[][] logits(float[] inputs, int count) {
        batches.add(count);
        float[][] logits = new float[count][weights.length];
        for (int n = 0; n < count; n++) {
            for (int c = 0; c < weights.length; c++) {
                logits[n][c] = biases[c];
                for (int i = 0; i < shape.size(); i++) {
                    logits[n][c] += weights[c][i] * inputs[n * shape.size() + i];
                }
            }
        }
        return logits;
    }

    @Override
    public float[] gradient(float[] inputs, int[] targets) {
        batches.add(targets.length);
        float[] gradient = new float[inputs.length];
        for (int n = 0; n < targets.length; n++) {
            System.arraycopy(weights[targets[n]], 0, gradient, n * shape.size(), shape.size());
        }
        return gradient;
    }
}
