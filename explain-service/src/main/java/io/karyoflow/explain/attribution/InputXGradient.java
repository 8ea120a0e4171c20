package io.karyoflow.explain.attribution;

import java.util.List;
import java.util.Map;

/**
 * Input times gradient: each value's share of the score, were the model linear with the slope that it has at x.
 *
 * <pre>M(x) = x * dS_c(x) / dx</pre>
 *
 * S_c is the target's score, x the network's input. Shrikumar, Greenside, Shcherbina, Kundaje: Not Just a Black Box
 * (2016), <a href="https://arxiv.org/abs/1605.01713">arXiv:1605.01713</a>.
 *
 * @param batchSize inputs that go through the model together
 */
public record InputXGradient(BatchSize batchSize) implements AttributionMethod {
    public static final InputXGradient DEFAULTS = new InputXGradient(BatchSize.DEFAULT);

    @Override
    public List<AttributionMap> attribute(ExplainableModel model, float[] inputs, List<Target> targets) {
        float[] values = TargetGradients.atInput(model, batchSize, inputs, targets);
        for (int i = 0; i < values.length; i++) {
            values[i] *= inputs[i];
        }
        return AttributionMap.split(model.inputShape(), values);
    }

    @Override
    public String name() {
        return "input_x_gradient";
    }

    @Override
    public Map<String, Object> parameters() {
        return Map.of();
    }

    @Override
    public boolean multipliesByInputs() {
        return true;
    }
}
