package io.karyoflow.explain.faithfulness;

import io.karyoflow.explain.attribution.AlteredCopies;
import io.karyoflow.explain.attribution.AttributionMap;
import io.karyoflow.explain.attribution.AttributionMethod;
import io.karyoflow.explain.attribution.BatchSize;
import io.karyoflow.explain.attribution.ExplainableModel;
import io.karyoflow.explain.attribution.Target;
import java.util.List;

/**
 * Max-sensitivity: how much the map changes when the input hardly does.
 *
 * <pre>SENS = max over samples x' of  ||M(x') - M(x)|| / ||M(x)||</pre>
 *
 * M is the map, the norm the square root of the sum of squares (Captum's default {@code norm_ord="fro"}); for a map of
 * zeros the divisor is 1. It takes {@code n_perturb_samples} maps more. Yeh, Hsieh, Suggala, Inouye, Ravikumar: On the
 * (In)fidelity and Sensitivity of Explanations (2019), <a href="https://arxiv.org/abs/1901.09392">arXiv:1901.09392</a>.
 *
 * @param nPerturbSamples at least 1
 * @param batchSize perturbed copies, of whichever inputs, that are explained together
 */
public record MaxSensitivity(Perturbations perturbations, int nPerturbSamples, BatchSize batchSize) {
    /** Captum's, also the radius of the ball from which perturbed inputs are drawn. */
    public static final int DEFAULT_N_PERTURB_SAMPLES = 10;

    public static final double DEFAULT_PERTURB_RADIUS = 0.02;

    /** @throws IllegalArgumentException if there are no samples */
    public MaxSensitivity {
        if (nPerturbSamples < 1) {
            throw new IllegalArgumentException("n_perturb_samples must be at least 1, not " + nPerturbSamples);
        }
    }

    /**
     * @param method that made the maps
     * @param inputs [N * height * width * channels]
     * @param targets N
     * @param maps N
     * @return [N], at least 0
     */
    public double[] of(
            ExplainableModel model,
            AttributionMethod method,
            float[] inputs,
            List<Target> targets,
            List<AttributionMap> maps) {
        double[] largest = new double[targets.size()];
        double[] norms = maps.stream()
                .mapToDouble(map -> distance(map.values(), new float[map.values().length]))
                .toArray();
        new AlteredCopies(model, batchSize, inputs, targets.size(), nPerturbSamples)
                .maps(method, targets, perturbations.of(model.inputShape(), inputs), (input, sample, map) -> {
                    double change = distance(map.values(), maps.get(input).values());
                    double relative = change / (norms[input] == 0 ? 1 : norms[input]);
                    largest[input] = Math.max(largest[input], relative);
                });
        return largest;
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = (double) a[i] - b[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }
}
