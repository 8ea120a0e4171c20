package io.karyoflow.explain.attribution;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Noise tunnel: maps that are steadier than those of one method, from noisy copies of the input.
 *
 * <pre>
 * smoothgrad     M'(x) = E[M(x + e)]
 * smoothgrad_sq  M'(x) = E[M(x + e)^2]
 * vargrad        M'(x) = E[M(x + e)^2] - E[M(x + e)]^2,   e ~ N(0, s^2)
 * </pre>
 *
 * E is the mean over {@code nt_samples} copies, s is {@code stdevs}, M the map of {@code attributionMethod}; each sample's
 * noise is the same for all inputs. Smilkov, Thorat, Kim, Viégas, Wattenberg: SmoothGrad (2017), <a
 * href="https://arxiv.org/abs/1706.03825">arXiv:1706.03825</a>; Hooker, Erhan, Kindermans, Kim: A Benchmark for
 * Interpretability Methods (2018, smoothgrad_sq), <a href="https://arxiv.org/abs/1806.10758">arXiv:1806.10758</a>;
 * Adebayo, Gilmer, Goodfellow, Kim: Local Explanation Methods for Deep Neural Networks Lack Sensitivity to Parameter
 * Values (2018, vargrad), <a href="https://arxiv.org/abs/1810.03307">arXiv:1810.03307</a>.
 *
 * @param attributionMethod any method, usually one of gradients
 * @param ntSamples noisy copies of each input, at least 1
 * @param ntSamplesBatchSize noisy copies that are explained together
 */
public record NoiseTunnel(
        AttributionMethod attributionMethod,
        NoiseType ntType,
        int ntSamples,
        Stdevs stdevs,
        Noise noise,
        BatchSize ntSamplesBatchSize)
        implements AttributionMethod {
    public static final int DEFAULT_NT_SAMPLES = 5;
    public static final Stdevs DEFAULT_STDEVS = Stdevs.absolute(1);

    /** @throws IllegalArgumentException if there are no samples */
    public NoiseTunnel {
        if (ntSamples < 1) {
            throw new IllegalArgumentException("nt_samples must be at least 1, not " + ntSamples);
        }
    }

    /** Captum's defaults: smoothgrad of 5 samples with a standard deviation of 1. */
    public NoiseTunnel(AttributionMethod attributionMethod, Noise noise) {
        this(attributionMethod, NoiseType.SMOOTHGRAD, DEFAULT_NT_SAMPLES, DEFAULT_STDEVS, noise, BatchSize.DEFAULT);
    }

    @Override
    public List<AttributionMap> attribute(ExplainableModel model, float[] inputs, List<Target> targets) {
        int count = targets.size();
        Moments[] moments = Stream.generate(Moments::new).limit(count).toArray(Moments[]::new);
        new AlteredCopies(model, ntSamplesBatchSize, inputs, count, ntSamples)
                .maps(
                        attributionMethod,
                        targets,
                        addNoise(model.inputShape(), inputs, count),
                        (input, sample, map) -> moments[input].add(map));
        return Stream.of(moments).map(all -> all.map(ntType, ntSamples)).toList();
    }

    private AlteredCopies.Alteration addNoise(InputShape shape, float[] inputs, int count) {
        int size = shape.size();
        float[] deviations = new float[count];
        for (int i = 0; i < count; i++) {
            deviations[i] = stdevs.of(inputs, i * size, size);
        }
        Map<Integer, float[]> noises = new HashMap<>();
        return (input, sample, values, from) -> {
            float[] standardNormal = noises.computeIfAbsent(sample, any -> noise.standardNormal(sample, size));
            for (int i = 0; i < size; i++) {
                values[from + i] += deviations[input] * standardNormal[i];
            }
            if (input == count - 1) {
                noises.remove(sample);
            }
        };
    }

    /** Sums of one input's maps and of their squares. */
    private static final class Moments {
        private InputShape shape;
        private double[] sums;
        private double[] squares;

        void add(AttributionMap map) {
            if (shape == null) {
                shape = map.shape();
                sums = new double[shape.size()];
                squares = new double[shape.size()];
            }
            float[] values = map.values();
            for (int i = 0; i < values.length; i++) {
                sums[i] += values[i];
                squares[i] += (double) values[i] * values[i];
            }
        }

        AttributionMap map(NoiseType type, int samples) {
            float[] values = new float[sums.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) type.of(sums[i] / samples, squares[i] / samples);
            }
            return new AttributionMap(shape, values);
        }
    }

    @Override
    public String name() {
        return ntType.id();
    }

    @Override
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>(attributionMethod.parameters());
        parameters.put("attribution_method", attributionMethod.name());
        parameters.put("nt_type", ntType.id());
        parameters.put("nt_samples", ntSamples);
        parameters.put("stdevs", stdevs.value());
        parameters.put("stdevs_relative", stdevs.relative());
        parameters.putAll(noise.parameters());
        return parameters;
    }

    @Override
    public boolean multipliesByInputs() {
        return attributionMethod.multipliesByInputs();
    }

    @Override
    public Baseline baselines() {
        return attributionMethod.baselines();
    }
}
