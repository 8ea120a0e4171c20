package io.karyoflow.explain.attribution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * SmoothGrad: a map that is steadier than the gradient, as the mean over noisy copies of the input.
 *
 * <pre>M'(x) = 1/n * sum_{i=1..n} M(x + e_i),   e_i ~ N(0, s^2)</pre>
 *
 * n is {@code nt_samples}, s {@code stdevs}, M the map of {@code method}. Smilkov, Thorat, Kim, Viégas, Wattenberg:
 * SmoothGrad: removing noise by adding noise (2017), <a href="https://arxiv.org/abs/1706.03825">arXiv:1706.03825</a>. It
 * is Captum's {@code NoiseTunnel} with {@code nt_type="smoothgrad"}; the paper takes 10 to 20% of the input's range for s.
 */
public final class SmoothGrad implements AttributionMethod {
    public static final int DEFAULT_NT_SAMPLES = 5;
    public static final float DEFAULT_STDEVS = 1;

    private final AttributionMethod method;
    private final int ntSamples;
    private final float stdevs;
    private final int ntSamplesBatchSize;
    private final Noise noise;

    /** Captum's defaults: 5 samples, a standard deviation of 1, all samples in one batch. */
    public SmoothGrad(AttributionMethod method, Noise noise) {
        this(method, DEFAULT_NT_SAMPLES, DEFAULT_STDEVS, DEFAULT_NT_SAMPLES, noise);
    }

    /**
     * @param method what is averaged
     * @param ntSamples noisy copies of each input, at least 1
     * @param stdevs the noise's standard deviation, in units of the network's input, at least 0
     * @param ntSamplesBatchSize noisy copies that go through the model together, at least 1; bounds the memory only
     * @throws IllegalArgumentException if a number is out of its range
     */
    public SmoothGrad(AttributionMethod method, int ntSamples, float stdevs, int ntSamplesBatchSize, Noise noise) {
        if (ntSamples < 1 || ntSamplesBatchSize < 1 || !(stdevs >= 0)) {
            throw new IllegalArgumentException("nt_samples (" + ntSamples + ") and nt_samples_batch_size ("
                    + ntSamplesBatchSize + ") must be at least 1, stdevs (" + stdevs + ") at least 0");
        }
        this.method = method;
        this.ntSamples = ntSamples;
        this.stdevs = stdevs;
        this.ntSamplesBatchSize = ntSamplesBatchSize;
        this.noise = noise;
    }

    @Override
    public List<AttributionMap> attribute(DifferentiableModel model, float[] inputs, int[] targets) {
        InputShape shape = model.inputShape();
        shape.check(inputs, targets.length);
        List<AttributionMap> maps = new ArrayList<>();
        for (int i = 0; i < targets.length; i++) {
            float[] input = Arrays.copyOfRange(inputs, i * shape.size(), (i + 1) * shape.size());
            maps.add(new AttributionMap(shape, meanOverSamples(model, input, targets[i])));
        }
        return maps;
    }

    private float[] meanOverSamples(DifferentiableModel model, float[] input, int target) {
        double[] sum = new double[input.length];
        for (int from = 0; from < ntSamples; from += ntSamplesBatchSize) {
            int count = Math.min(ntSamplesBatchSize, ntSamples - from);
            int[] targets = new int[count];
            Arrays.fill(targets, target);
            for (AttributionMap map : method.attribute(model, noisyCopies(input, from, count), targets)) {
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += map.values()[i];
                }
            }
        }
        float[] mean = new float[input.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sum[i] / ntSamples);
        }
        return mean;
    }

    private float[] noisyCopies(float[] input, int firstSample, int count) {
        float[] copies = new float[count * input.length];
        for (int copy = 0; copy < count; copy++) {
            float[] standardNormal = noise.standardNormal(firstSample + copy, input.length);
            for (int i = 0; i < input.length; i++) {
                copies[copy * input.length + i] = input[i] + stdevs * standardNormal[i];
            }
        }
        return copies;
    }

    @Override
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>(method.parameters());
        parameters.put("nt_type", "smoothgrad");
        parameters.put("nt_samples", ntSamples);
        parameters.put("stdevs", stdevs);
        return parameters;
    }
}
