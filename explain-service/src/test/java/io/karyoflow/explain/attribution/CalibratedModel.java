package io.karyoflow.explain.attribution;

/** A model whose probabilities are less sure (or surer) than its logits. */
public record CalibratedModel(ExplainableModel model, double temperature) implements ExplainableModel {

    @Override
    public InputShape inputShape() {
        return model.inputShape();
    }

    @Override
    public float[][] logits(float[] inputs, int count) {
        return model.logits(inputs, count);
    }
}
