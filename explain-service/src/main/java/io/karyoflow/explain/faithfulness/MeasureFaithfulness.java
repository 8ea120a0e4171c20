package io.karyoflow.explain.faithfulness;

import io.karyoflow.explain.attribution.AttributionMap;
import io.karyoflow.explain.attribution.AttributionMethod;
import io.karyoflow.explain.attribution.Baseline;
import io.karyoflow.explain.attribution.BatchSize;
import io.karyoflow.explain.attribution.ExplainableModel;
import io.karyoflow.explain.attribution.InputShape;
import io.karyoflow.explain.attribution.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Takes the measures that are asked for, with settings that suit an input that the network sees as -1 to 1. */
public final class MeasureFaithfulness {
    private static final long SEED = 0;
    private static final int HIDDEN_SQUARES = 50;
    private static final double SIDE_OF_HIDDEN_SQUARES = 0.25;

    private final Set<Measure> measures;
    private final BatchSize batchSize;

    public MeasureFaithfulness(Set<Measure> measures, BatchSize batchSize) {
        this.measures = Set.copyOf(measures);
        this.batchSize = batchSize;
    }

    /**
     * @param method that made the maps
     * @param inputs [N * height * width * channels]
     * @param targets N
     * @param maps N
     * @return N, in order
     */
    public List<Faithfulness> of(
            ExplainableModel model,
            AttributionMethod method,
            float[] inputs,
            List<Target> targets,
            List<AttributionMap> maps) {
        InputShape shape = model.inputShape();
        int count = maps.size();
        OptionalDouble[] deletion = none(count);
        OptionalDouble[] insertion = none(count);
        if (measures.contains(Measure.AUC)) {
            DeletionInsertion curves = DeletionInsertion.defaults(shape, batchSize);
            deletion = areas(curves.deletion(model, inputs, targets, maps));
            insertion = areas(curves.insertion(model, inputs, targets, maps));
        }
        OptionalDouble[] infidelity = measures.contains(Measure.INFIDELITY)
                ? all(infidelity(method.baselines()).of(model, inputs, targets, maps, method.multipliesByInputs()))
                : none(count);
        OptionalDouble[] sensitivity = measures.contains(Measure.MAX_SENSITIVITY)
                ? all(maxSensitivity().of(model, method, inputs, targets, maps))
                : none(count);
        List<Faithfulness> faithfulness = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            faithfulness.add(new Faithfulness(
                    maps.get(i).convergenceDelta(), deletion[i], insertion[i], infidelity[i], sensitivity[i]));
        }
        return faithfulness;
    }

    /**
     * Squares hidden by the method's own baseline suit slopes and shares of the score alike (noise, divided by values near
     * the baseline, would not), and normalising lets methods be compared whose maps have different units.
     */
    private Infidelity infidelity(Baseline baselines) {
        Perturbations squares = Perturbations.hiddenSquares(SEED, SIDE_OF_HIDDEN_SQUARES, baselines);
        return new Infidelity(squares, baselines, HIDDEN_SQUARES, true, batchSize);
    }

    private MaxSensitivity maxSensitivity() {
        Perturbations ball = Perturbations.withinBall(SEED, MaxSensitivity.DEFAULT_PERTURB_RADIUS);
        return new MaxSensitivity(ball, MaxSensitivity.DEFAULT_N_PERTURB_SAMPLES, batchSize);
    }

    private static OptionalDouble[] none(int count) {
        OptionalDouble[] none = new OptionalDouble[count];
        Arrays.fill(none, OptionalDouble.empty());
        return none;
    }

    private static OptionalDouble[] all(double[] values) {
        return Arrays.stream(values).mapToObj(OptionalDouble::of).toArray(OptionalDouble[]::new);
    }

    private static OptionalDouble[] areas(List<Optional<ProbabilityCurve>> curves) {
        return curves.stream()
                .map(curve -> curve.map(ProbabilityCurve::area)
                        .map(OptionalDouble::of)
                        .orElse(OptionalDouble.empty()))
                .toArray(OptionalDouble[]::new);
    }
}
