package io.karyoflow.explain.attribution;

/** One class, logit(x) = sum of x_i squared, so that the gradient 2x depends on where it is taken. */
public record SquareModel(InputShape inputShape) implements ExplainableModel {

    @Override
    public float[][] logits(float[] inputs, int count) {
        float[][] logits = new float[count][1];
        for (int i = 0; i < inputs.length; i++) {
            logits[i / inputShape.size()][0] += inputs[i] * inputs[i];
        }
        return logits;
    }

    @Override
    public float[] gradient(float[] inputs, int[] targets) {
        float[] gradient = new float[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            gradient[i] = 2 * inputs[i];
        }
        return gradient;
    }
}
