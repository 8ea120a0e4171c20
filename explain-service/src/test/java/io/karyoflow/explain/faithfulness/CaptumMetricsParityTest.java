package io.karyoflow.explain.faithfulness;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.explain.attribution.AttributionMap;
import io.karyoflow.explain.attribution.AttributionMethod;
import io.karyoflow.explain.attribution.Baseline;
import io.karyoflow.explain.attribution.BatchSize;
import io.karyoflow.explain.attribution.MethodCatalogue;
import io.karyoflow.explain.attribution.ParityFixture;
import io.karyoflow.explain.attribution.ParityFixture.MetricCase;
import io.karyoflow.explain.attribution.SmallConvNet;
import io.karyoflow.explain.attribution.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Infidelity and max-sensitivity are Captum's, for the same network, inputs and perturbations. */
class CaptumMetricsParityTest {
    private static final int SAMPLES = Infidelity.DEFAULT_N_PERTURB_SAMPLES;
    private static final Percentage ALLOWED = Percentage.withPercentage(0.01);
    private static final Map<String, Double> DIFFERENCES = new TreeMap<>();

    private static final Perturbations GAUSSIAN = noise(0.1);

    /** Sample s has row s mod height at 0. */
    private static final Perturbations HIDDEN_ROWS = (shape, inputs) -> (input, sample, values, from) -> {
        int row = shape.width() * shape.channels();
        int start = from + sample % shape.height() * row;
        Arrays.fill(values, start, start + row, 0);
    };

    private static final Perturbations WITHIN_BALL = noise(-MaxSensitivity.DEFAULT_PERTURB_RADIUS / Math.sqrt(2));

    private final SmallConvNet model = new SmallConvNet();
    private final float[] inputs = ParityFixture.inputs();

    static List<MetricCase> metrics() {
        return ParityFixture.read().metrics();
    }

    /** Captum measured the second input; the first is in the same batches. */
    @ParameterizedTest
    @MethodSource("metrics")
    void areTheSame(MetricCase captum) {
        AttributionMethod method = new MethodCatalogue().create(captum.method(), captum.options(), SmallConvNet.SHAPE);
        List<Target> targets = List.of(Target.ofClass(2), ParityFixture.target(captum.target()));
        List<AttributionMap> maps = method.attribute(model, inputs, targets);
        boolean multiplied = method.multipliesByInputs();

        same("infidelity, noise", infidelity(GAUSSIAN, false, targets, maps, false), captum.gaussian());
        same("infidelity, noise", infidelity(GAUSSIAN, true, targets, maps, false), captum.gaussianNormalized());
        same("infidelity, rows", infidelity(HIDDEN_ROWS, false, targets, maps, multiplied), captum.hiddenRows());
        same(
                "infidelity, rows",
                infidelity(HIDDEN_ROWS, true, targets, maps, multiplied),
                captum.hiddenRowsNormalized());
        MaxSensitivity sensitivity = new MaxSensitivity(WITHIN_BALL, SAMPLES, BatchSize.of(7));
        same("max-sensitivity", sensitivity.of(model, method, inputs, targets, maps)[1], captum.sensitivityMax());
    }

    private double infidelity(
            Perturbations perturbations,
            boolean normalize,
            List<Target> targets,
            List<AttributionMap> maps,
            boolean multiplied) {
        return new Infidelity(perturbations, Baseline.zero(), SAMPLES, normalize, BatchSize.of(7))
                .of(model, inputs, targets, maps, multiplied)[1];
    }

    /** The fixture's normal noise is subtracted everywhere. */
    private static Perturbations noise(double deviation) {
        return (shape, inputs) -> (input, sample, values, from) -> {
            float[] standardNormal = ParityFixture.noise(sample, shape.size());
            for (int i = 0; i < shape.size(); i++) {
                values[from + i] -= (float) deviation * standardNormal[i];
            }
        };
    }

    private static void same(String measure, double ours, double theirs) {
        DIFFERENCES.merge(measure, Math.abs(ours - theirs) / theirs, Math::max);
        assertThat(ours).as(measure).isCloseTo(theirs, ALLOWED);
    }

    @AfterAll
    static void print() {
        DIFFERENCES.forEach((measure, largest) ->
                System.out.printf("parity with captum: %-20s largest relative difference %.1e%n", measure, largest));
    }
}
