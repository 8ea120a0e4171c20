package io.karyoflow.explain.runtime;

import io.karyoflow.common.runtime.MissingSignatureException;
import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.explain.attribution.Activations;
import io.karyoflow.explain.attribution.ExplainableModel;
import io.karyoflow.explain.attribution.InputShape;
import io.karyoflow.explain.attribution.UnsupportedByModelException;

/** A served model as the attribution methods see it. */
public record ServedExplainableModel(ServedModel model) implements ExplainableModel {
    @Override
    public InputShape inputShape() {
        return new InputShape(
                model.description().inputHeight(), model.description().inputWidth(), 3);
    }

    @Override
    public float[][] logits(float[] inputs, int count) {
        return model.logits(inputs, count);
    }

    @Override
    public float[] gradient(float[] inputs, int[] targets) {
        try {
            return model.gradient(inputs, targets);
        } catch (MissingSignatureException e) {
            throw new UnsupportedByModelException("gradients with respect to its input");
        }
    }

    @Override
    public Activations lastConvolution(float[] inputs, int[] targets) {
        try {
            ServedModel.LastConvolution last = model.lastConvolution(inputs, targets);
            return new Activations(last.height(), last.width(), last.channels(), last.activations(), last.gradients());
        } catch (MissingSignatureException e) {
            throw new UnsupportedByModelException("activations and gradients of its last convolution");
        }
    }
}
