package io.karyoflow.explain.runtime;

import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.explain.attribution.ExplainableModel;
import io.karyoflow.explain.attribution.InputShape;

/** A promoted model, as attribution methods see it. */
public record ServedDifferentiableModel(ServedModel model) implements ExplainableModel {
    private static final int RGB = 3;

    @Override
    public InputShape inputShape() {
        return new InputShape(
                model.description().inputHeight(), model.description().inputWidth(), RGB);
    }

    @Override
    public float[][] logits(float[] inputs, int count) {
        return model.logits(inputs, count);
    }

    @Override
    public float[] gradient(float[] inputs, int[] targets) {
        return model.gradient(inputs, targets);
    }
}
