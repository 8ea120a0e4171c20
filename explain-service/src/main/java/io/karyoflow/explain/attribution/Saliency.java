package io.karyoflow.explain.attribution;

import java.util.List;
import java.util.Map;

/**
 * Saliency: the inputs whose smallest change would change the score most.
 *
 * <pre>M(x) = |dS_c(x) / dx|</pre>
 *
 * S_c is the logit of the target class c, x the network's input. Simonyan, Vedaldi, Zisserman: Deep Inside Convolutional
 * Networks (2013), <a href="https://arxiv.org/abs/1312.6034">arXiv:1312.6034</a>.
 *
 * @param abs whether to take the gradient's absolute value; without it the map is the gradient itself
 */
public record Saliency(boolean abs) implements AttributionMethod {
    public static final Saliency DEFAULTS = new Saliency(true);

    @Override
    public List<AttributionMap> attribute(DifferentiableModel model, float[] inputs, int[] targets) {
        InputShape shape = model.inputShape();
        shape.check(inputs, targets.length);
        float[] gradient = model.gradient(inputs, targets);
        if (abs) {
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = Math.abs(gradient[i]);
            }
        }
        return AttributionMap.split(shape, gradient);
    }

    @Override
    public Map<String, Object> parameters() {
        return Map.of("abs", abs);
    }
}
