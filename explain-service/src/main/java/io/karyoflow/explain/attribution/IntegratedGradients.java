package io.karyoflow.explain.attribution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Integrated gradients: the score's rise from a baseline, shared out among the values that made it rise.
 *
 * <pre>M(x) = (x - b) * integral from 0 to 1 of  dS_c(b + a (x - b)) / dx  da</pre>
 *
 * S_c is the target's score, x the network's input, b the baseline; the integral is a sum of {@code n_steps} gradients.
 * The values add up to S_c(x) - S_c(b); what they miss it by is the map's convergence delta. Sundararajan, Taly, Yan:
 * Axiomatic Attribution for Deep Networks (2017), <a href="https://arxiv.org/abs/1703.01365">arXiv:1703.01365</a>.
 *
 * @param baselines where the path to the input starts
 * @param nSteps gradients along it, at least 1 (at least 2 for Riemann's rules)
 * @param method how the integral is approximated
 * @param multiplyByInputs whether to multiply by x - b; without it the map is the mean slope, with no convergence delta
 * @param internalBatchSize steps that go through the model together
 */
public record IntegratedGradients(
        Baseline baselines, int nSteps, IntegrationRule method, boolean multiplyByInputs, BatchSize internalBatchSize)
        implements AttributionMethod {
    public static final int DEFAULT_N_STEPS = 50;
    public static final IntegratedGradients DEFAULTS = new IntegratedGradients(Baseline.zero());

    /** @throws IllegalArgumentException if there are too few steps */
    public IntegratedGradients {
        if (nSteps < method.fewestSteps()) {
            throw new IllegalArgumentException(
                    "n_steps of " + method.id() + " must be at least " + method.fewestSteps() + ", not " + nSteps);
        }
    }

    /** Captum's defaults, but for the baseline. */
    public IntegratedGradients(Baseline baselines) {
        this(baselines, DEFAULT_N_STEPS, IntegrationRule.GAUSSLEGENDRE, true, BatchSize.DEFAULT);
    }

    @Override
    public List<AttributionMap> attribute(ExplainableModel model, float[] inputs, List<Target> targets) {
        InputShape shape = model.inputShape();
        shape.check(inputs, targets.size());
        float[] starts = baselines.of(shape, inputs);
        double[] slopes = meanSlopes(model, inputs, starts, targets);
        float[] values = new float[inputs.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (multiplyByInputs ? slopes[i] * (inputs[i] - starts[i]) : slopes[i]);
        }
        List<AttributionMap> maps = AttributionMap.split(shape, values);
        return multiplyByInputs ? withConvergenceDelta(maps, model, inputs, starts, targets) : maps;
    }

    private double[] meanSlopes(ExplainableModel model, float[] inputs, float[] starts, List<Target> targets) {
        int size = model.inputShape().size();
        double[] alphas = method.alphas(nSteps);
        double[] stepSizes = method.stepSizes(nSteps);
        double[] slopes = new double[inputs.length];
        AlteredCopies.Alteration towardsStart = (input, step, values, from) -> {
            float alpha = (float) alphas[step];
            for (int i = 0; i < size; i++) {
                float start = starts[input * size + i];
                values[from + i] = start + alpha * (values[from + i] - start);
            }
        };
        new AlteredCopies(model, internalBatchSize, inputs, targets.size(), nSteps)
                .gradients(targets, towardsStart, (input, step, gradients, from) -> {
                    for (int i = 0; i < size; i++) {
                        slopes[input * size + i] += stepSizes[step] * gradients[from + i];
                    }
                });
        return slopes;
    }

    /** Sum of M(x) minus (S_c(x) - S_c(b)). */
    private List<AttributionMap> withConvergenceDelta(
            List<AttributionMap> maps, ExplainableModel model, float[] inputs, float[] starts, List<Target> targets) {
        int size = model.inputShape().size();
        double[] rises = new double[targets.size()];
        AlteredCopies.Alteration startOrEnd = (input, end, values, from) -> {
            if (end == 0) {
                System.arraycopy(starts, input * size, values, from, size);
            }
        };
        new AlteredCopies(model, internalBatchSize, inputs, targets.size(), 2)
                .logits(startOrEnd, (input, end, logits) -> {
                    float score = targets.get(input).score(logits);
                    rises[input] += end == 0 ? -score : score;
                });
        List<AttributionMap> withDelta = new ArrayList<>();
        for (int i = 0; i < rises.length; i++) {
            float[] values = maps.get(i).values();
            double sum = 0;
            for (float value : values) {
                sum += value;
            }
            withDelta.add(new AttributionMap(model.inputShape(), values, OptionalDouble.of(sum - rises[i])));
        }
        return withDelta;
    }

    @Override
    public String name() {
        return "integrated_gradients";
    }

    @Override
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("baselines", baselines.parameter());
        parameters.put("n_steps", nSteps);
        parameters.put("method", method.id());
        parameters.put("multiply_by_inputs", multiplyByInputs);
        return parameters;
    }

    @Override
    public boolean multipliesByInputs() {
        return multiplyByInputs;
    }
}
