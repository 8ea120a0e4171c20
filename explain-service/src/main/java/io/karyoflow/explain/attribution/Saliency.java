package io.karyoflow.explain.attribution;

import java.util.List;
import java.util.Map;

/**
 * Saliency: the inputs whose smallest change would change the score most.
 *
 * <pre>M(x) = |dS_c(x) / dx|</pre>
 *
 * S_c is the target's score (the logit of class c), x the network's input. Simonyan, Vedaldi, Zisserman: Deep Inside
 * Convolutional Networks (2013), <a href="https://arxiv.org/abs/1312.6034">arXiv:1312.6034</a>.
 *
 * @param abs whether to take the gradient's absolute value; without it the map is the gradient itself
 * @param batchSize inputs that go through the model together
 */
public record Saliency(boolean abs, BatchSize batchSize) implements AttributionMethod {
    public static final Saliency DEFAULTS = new Saliency(true);

    public Saliency(boolean abs) {
        this(abs, BatchSize.DEFAULT);
    }

    @Override
    public List<AttributionMap> attribute(ExplainableModel model, float[] inputs, List<Target> targets) {
        float[] gradients = TargetGradients.atInput(model, batchSize, inputs, targets);
        if (abs) {
            for (int i = 0; i < gradients.length; i++) {
                gradients[i] = Math.abs(gradients[i]);
            }
        }
        return AttributionMap.split(model.inputShape(), gradients);
    }

    @Override
    public String name() {
        return "saliency";
    }

    @Override
    public Map<String, Object> parameters() {
        return Map.of("abs", abs);
    }
}
