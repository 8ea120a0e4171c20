package io.karyoflow.explain.attribution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * RISE: which pixels were there when the model, shown random parts of the input, saw the class.
 *
 * <pre>M(x)_p = 1 / (E[m] N) * sum_{i=1..N} f_c(x * m_i + b * (1 - m_i)) * m_i(p)</pre>
 *
 * f_c is the target's probability ({@link Target#probability}), m_i a mask of values from 0 to 1 that keeps E[m] of a
 * pixel in the mean, N {@code n_masks}, b the baseline (the paper's is 0). The map has one channel, as a mask treats all
 * channels of a pixel alike, and its values lie around f_c. Petsiuk, Das, Saenko: RISE: Randomized Input Sampling for
 * Explanation of Black-box Models (2018), <a href="https://arxiv.org/abs/1806.07421">arXiv:1806.07421</a>.
 *
 * @param nMasks at least 1; the paper takes 4000 to 8000 for inputs of 224 x 224
 * @param baselines what is not kept becomes
 * @param perturbationsPerEval masked copies, of whichever inputs, that go through the model together
 */
public record Rise(int nMasks, Masks masks, Baseline baselines, BatchSize perturbationsPerEval)
        implements AttributionMethod {

    /** @throws IllegalArgumentException if there are no masks */
    public Rise {
        if (nMasks < 1) {
            throw new IllegalArgumentException("n_masks must be at least 1, not " + nMasks);
        }
    }

    @Override
    public List<AttributionMap> attribute(ExplainableModel model, float[] inputs, List<Target> targets) {
        InputShape shape = model.inputShape();
        shape.check(inputs, targets.size());
        InputShape pixels = new InputShape(shape.height(), shape.width(), 1);
        double[][] sums = sumsOfMasks(model, inputs, targets, pixels);
        List<AttributionMap> maps = new ArrayList<>();
        for (double[] sum : sums) {
            float[] values = new float[pixels.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (sum[i] / (masks.expectation() * nMasks));
            }
            maps.add(new AttributionMap(pixels, values));
        }
        return maps;
    }

    /** [N][height * width]; a mask is made for its first input and forgotten after its last. */
    private double[][] sumsOfMasks(ExplainableModel model, float[] inputs, List<Target> targets, InputShape pixels) {
        InputShape shape = model.inputShape();
        float[] hidden = baselines.of(shape, inputs);
        double[][] sums = new double[targets.size()][pixels.size()];
        Map<Integer, float[]> inUse = new HashMap<>();
        AlteredCopies.Alteration apply = (input, number, values, from) -> {
            float[] mask = inUse.computeIfAbsent(number, any -> masks.mask(number, shape));
            for (int i = 0; i < shape.size(); i++) {
                float start = hidden[input * shape.size() + i];
                values[from + i] = start + mask[i / shape.channels()] * (values[from + i] - start);
            }
        };
        new AlteredCopies(model, perturbationsPerEval, inputs, targets.size(), nMasks)
                .logits(apply, (input, number, logits) -> {
                    double probability = targets.get(input).probability(logits, model.temperature());
                    float[] mask = inUse.get(number);
                    for (int i = 0; i < mask.length; i++) {
                        sums[input][i] += probability * mask[i];
                    }
                    if (input == targets.size() - 1) {
                        inUse.remove(number);
                    }
                });
        return sums;
    }

    @Override
    public String name() {
        return "rise";
    }

    @Override
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("n_masks", nMasks);
        parameters.putAll(masks.parameters());
        parameters.put("baselines", baselines.parameter());
        return parameters;
    }

    @Override
    public boolean multipliesByInputs() {
        return true;
    }
}
