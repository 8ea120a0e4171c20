package io.karyoflow.explain.faithfulness;

import io.karyoflow.explain.attribution.AlteredCopies;
import io.karyoflow.explain.attribution.AttributionMap;
import io.karyoflow.explain.attribution.Baseline;
import io.karyoflow.explain.attribution.BatchSize;
import io.karyoflow.explain.attribution.ExplainableModel;
import io.karyoflow.explain.attribution.InputShape;
import io.karyoflow.explain.attribution.Target;
import java.util.List;
import java.util.stream.Stream;

/**
 * Infidelity: how wrong the map is about what perturbations do to the score.
 *
 * <pre>INFD = E[(beta I . M - (S_c(x) - S_c(x')))^2]</pre>
 *
 * S_c is the target's score, M the map, x' a perturbed input, E the mean over {@code n_perturb_samples}. I is x - x' for
 * maps of slopes, and (x - x') / (x - b) for those that are multiplied by their inputs (0 where x = b), as Captum's {@code
 * infidelity_perturb_func_decorator} has it. beta is 1, or if {@code normalize} the factor that makes the error least, so
 * that the map's scale does not count; it is 0 for a map of zeros. Yeh, Hsieh, Suggala, Inouye, Ravikumar: On the
 * (In)fidelity and Sensitivity of Explanations (2019), <a href="https://arxiv.org/abs/1901.09392">arXiv:1901.09392</a>.
 *
 * @param baselines b
 * @param nPerturbSamples at least 1
 */
public record Infidelity(
        Perturbations perturbations, Baseline baselines, int nPerturbSamples, boolean normalize, BatchSize batchSize) {
    /** Captum's. */
    public static final int DEFAULT_N_PERTURB_SAMPLES = 10;

    /** @throws IllegalArgumentException if there are no samples */
    public Infidelity {
        if (nPerturbSamples < 1) {
            throw new IllegalArgumentException("n_perturb_samples must be at least 1, not " + nPerturbSamples);
        }
    }

    /**
     * @param inputs [N * height * width * channels]
     * @param targets N
     * @param maps N; one without channels counts as spread evenly over them
     * @param multipliedByInputs whether the maps' values are shares of the score and not slopes
     * @return [N], at least 0
     */
    public double[] of(
            ExplainableModel model,
            float[] inputs,
            List<Target> targets,
            List<AttributionMap> maps,
            boolean multipliedByInputs) {
        InputShape shape = model.inputShape();
        int count = targets.size();
        float[] baseline = baselines.of(shape, inputs);
        AlteredCopies.Alteration perturbation = perturbations.of(shape, inputs);
        double[][] foretold = new double[count][nPerturbSamples + 1];
        // copy 0 is the input itself, copy s + 1 its sample s
        AlteredCopies.Alteration perturb = (input, copy, values, from) -> {
            if (copy == 0) {
                return;
            }
            perturbation.alter(input, copy - 1, values, from);
            AttributionMap map = maps.get(input);
            int repeats = shape.size() / map.values().length;
            for (int i = 0; i < shape.size(); i++) {
                float x = inputs[input * shape.size() + i];
                double change = x - values[from + i];
                if (multipliedByInputs && x != baseline[input * shape.size() + i]) {
                    change /= x - baseline[input * shape.size() + i];
                }
                foretold[input][copy] += change * map.values()[i / repeats] / repeats;
            }
        };
        float[] scores = new float[count];
        Errors[] errors = Stream.generate(Errors::new).limit(count).toArray(Errors[]::new);
        new AlteredCopies(model, batchSize, inputs, count, nPerturbSamples + 1)
                .logits(perturb, (input, copy, logits) -> {
                    float score = targets.get(input).score(logits);
                    if (copy == 0) {
                        scores[input] = score;
                    } else {
                        errors[input].add(foretold[input][copy], scores[input] - score);
                    }
                });
        return Stream.of(errors).mapToDouble(each -> each.mean(normalize)).toArray();
    }

    /** Sums over samples of a^2, ab and b^2, a being what the map foretold and b what came. */
    private static final class Errors {
        private double foretoldSquared;
        private double product;
        private double cameSquared;
        private int samples;

        void add(double foretold, double came) {
            foretoldSquared += foretold * foretold;
            product += foretold * came;
            cameSquared += came * came;
            samples++;
        }

        double mean(boolean normalize) {
            double beta = normalize ? product / (foretoldSquared == 0 ? 1 : foretoldSquared) : 1;
            double sum = beta * beta * foretoldSquared - 2 * beta * product + cameSquared;
            return Math.max(0, sum / samples);
        }
    }
}
