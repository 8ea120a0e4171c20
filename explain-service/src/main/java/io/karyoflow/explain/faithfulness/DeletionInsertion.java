package io.karyoflow.explain.faithfulness;

import io.karyoflow.explain.attribution.AlteredCopies;
import io.karyoflow.explain.attribution.AttributionMap;
import io.karyoflow.explain.attribution.Baseline;
import io.karyoflow.explain.attribution.BatchSize;
import io.karyoflow.explain.attribution.ExplainableModel;
import io.karyoflow.explain.attribution.InputShape;
import io.karyoflow.explain.attribution.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deletion and insertion: does the class vanish as soon as the pixels go that the map calls important, and appear as soon
 * as they come?
 *
 * <pre>deletion_k = f_c(x with b at the k most important pixels),   insertion_k = f_c(b with x at the k most important pixels)</pre>
 *
 * f_c is the target's probability ({@link Target#probability}), b the baseline; pixels are ordered by the map's sum over
 * channels, the largest first. The area under f_c over the share k of all pixels is small for a faithful map in deletion,
 * large in insertion. Petsiuk, Das, Saenko: RISE (2018), <a
 * href="https://arxiv.org/abs/1806.07421">arXiv:1806.07421</a>.
 *
 * @param step share of the pixels that change from one point of the curve to the next, above 0, at most 1
 * @param deletionBaseline what deleted pixels become; the paper's is a constant, which removes all that they tell
 * @param insertionBaseline what pixels are inserted into; the paper's is the blurred input, as pixels on a plain canvas
 *     make edges that are evidence for nothing
 * @param batchSize altered copies, of whichever inputs, that go through the model together
 */
public record DeletionInsertion(
        double step, Baseline deletionBaseline, Baseline insertionBaseline, BatchSize batchSize) {
    /** 50 points and the untouched input. */
    public static final double DEFAULT_STEP = 0.02;

    /** @throws IllegalArgumentException if the step is no share */
    public DeletionInsertion {
        if (!(step > 0 && step <= 1)) {
            throw new IllegalArgumentException("step must be above 0 and at most 1, not " + step);
        }
    }

    /** Zeros for deletion; for insertion the input, blurred by a tenth of its shorter side. */
    public static DeletionInsertion defaults(InputShape shape, BatchSize batchSize) {
        Baseline blurred = Baseline.blurred(Math.max(1, Math.min(shape.height(), shape.width()) / 10.0));
        return new DeletionInsertion(DEFAULT_STEP, Baseline.zero(), blurred, batchSize);
    }

    /**
     * @param inputs [N * height * width * channels]
     * @param targets N
     * @param maps N
     * @return N curves; none for a map that orders no pixels, as all have the same value
     */
    public List<Optional<ProbabilityCurve>> deletion(
            ExplainableModel model, float[] inputs, List<Target> targets, List<AttributionMap> maps) {
        return curves(model, inputs, deletionBaseline.of(model.inputShape(), inputs), targets, maps);
    }

    /** As {@link #deletion}. */
    public List<Optional<ProbabilityCurve>> insertion(
            ExplainableModel model, float[] inputs, List<Target> targets, List<AttributionMap> maps) {
        return curves(model, insertionBaseline.of(model.inputShape(), inputs), inputs, targets, maps);
    }

    /** While pixels of {@code from} become those of {@code to}. */
    private List<Optional<ProbabilityCurve>> curves(
            ExplainableModel model, float[] from, float[] to, List<Target> targets, List<AttributionMap> maps) {
        InputShape shape = model.inputShape();
        int channels = shape.channels();
        int pixels = shape.height() * shape.width();
        int pixelsAStep = (int) Math.max(1, Math.round(step * pixels));
        int points = (pixels + pixelsAStep - 1) / pixelsAStep + 1;
        List<PixelOrder> orders = maps.stream().map(PixelOrder::of).toList();
        double[][] probabilities = new double[maps.size()][points];
        AlteredCopies.Alteration change = (input, point, values, at) -> {
            int[] order = orders.get(input).mostImportantFirst();
            for (int i = 0; i < Math.min(pixels, point * pixelsAStep); i++) {
                int pixel = order[i] * channels;
                System.arraycopy(to, input * shape.size() + pixel, values, at + pixel, channels);
            }
        };
        new AlteredCopies(model, batchSize, from, maps.size(), points)
                .logits(
                        change,
                        (input, point, logits) -> probabilities[input][point] =
                                targets.get(input).probability(logits, model.temperature()));

        double[] shares = new double[points];
        for (int point = 0; point < points; point++) {
            shares[point] = Math.min(pixels, point * pixelsAStep) / (double) pixels;
        }
        List<Optional<ProbabilityCurve>> curves = new ArrayList<>();
        for (int i = 0; i < maps.size(); i++) {
            curves.add(
                    orders.get(i).isArbitrary()
                            ? Optional.empty()
                            : Optional.of(new ProbabilityCurve(shares, probabilities[i])));
        }
        return curves;
    }
}
