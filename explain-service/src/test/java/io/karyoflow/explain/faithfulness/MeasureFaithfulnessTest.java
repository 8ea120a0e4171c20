package io.karyoflow.explain.faithfulness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.explain.attribution.AttributionMap;
import io.karyoflow.explain.attribution.AttributionMethod;
import io.karyoflow.explain.attribution.Baseline;
import io.karyoflow.explain.attribution.BatchSize;
import io.karyoflow.explain.attribution.ExplainableModel;
import io.karyoflow.explain.attribution.InputShape;
import io.karyoflow.explain.attribution.InputXGradient;
import io.karyoflow.explain.attribution.IntegratedGradients;
import io.karyoflow.explain.attribution.LinearModel;
import io.karyoflow.explain.attribution.MethodCatalogue;
import io.karyoflow.explain.attribution.Occlusion;
import io.karyoflow.explain.attribution.ParityFixture;
import io.karyoflow.explain.attribution.Saliency;
import io.karyoflow.explain.attribution.SmallConvNet;
import io.karyoflow.explain.attribution.Target;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeasureFaithfulnessTest {
    private static final InputShape SHAPE = SmallConvNet.SHAPE;
    private static final List<Target> TARGETS = List.of(Target.ofClass(1), Target.difference(2, 0));

    private final MeasureFaithfulness all = new MeasureFaithfulness(EnumSet.allOf(Measure.class), BatchSize.DEFAULT);
    private final float[] inputs = ParityFixture.inputs();

    static List<String> names() {
        return new MethodCatalogue().names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void measuresTheMapsOfEveryMethod(String name) {
        AttributionMethod method = new MethodCatalogue().create(name, Map.of(), SHAPE);

        List<Faithfulness> faithfulness = measure(new SmallConvNet(), method);

        assertThat(faithfulness).hasSize(2).allSatisfy(one -> {
            assertThat(one.deletionAuc().orElseThrow()).isBetween(0.0, 1.0);
            assertThat(one.insertionAuc().orElseThrow()).isBetween(0.0, 1.0);
            assertThat(one.infidelity().orElseThrow()).isFinite().isNotNegative();
            assertThat(one.maxSensitivity().orElseThrow()).isGreaterThan(0).isFinite();
            assertThat(one.convergenceDelta().isPresent()).isEqualTo(name.equals("integrated_gradients"));
        });
    }

    @Test
    void takesOnlyWhatIsAskedFor() {
        List<AttributionMap> maps = Saliency.DEFAULTS.attribute(new SmallConvNet(), inputs, TARGETS);

        Faithfulness nothing = new MeasureFaithfulness(Set.of(), BatchSize.DEFAULT)
                .of(new SmallConvNet(), Saliency.DEFAULTS, inputs, TARGETS, maps)
                .get(0);

        OptionalDouble no = OptionalDouble.empty();
        assertThat(nothing).isEqualTo(new Faithfulness(no, no, no, no, no));
    }

    /** What hiding does to a linear model is just what its shares of the score say, and its slopes never change. */
    @Test
    void findsTheMapsOfALinearModelFaithful() {
        float[] weights = ParityFixture.noise(3, SHAPE.size());
        LinearModel model = new LinearModel(SHAPE, new float[3], weights, new float[SHAPE.size()], weights.clone());
        AttributionMethod slopes = new Saliency(false);

        assertThat(measure(model, InputXGradient.DEFAULTS).get(0).infidelity().orElseThrow())
                .isCloseTo(0, within(1e-6));
        assertThat(measure(model, IntegratedGradients.DEFAULTS)
                        .get(0)
                        .infidelity()
                        .orElseThrow())
                .isCloseTo(0, within(1e-6));
        assertThat(measure(model, new IntegratedGradients(Baseline.white()))
                        .get(0)
                        .infidelity()
                        .orElseThrow())
                .isCloseTo(0, within(1e-6));
        assertThat(measure(model, slopes).get(0).infidelity().orElseThrow()).isCloseTo(0, within(1e-6));
        assertThat(measure(model, slopes).get(0).maxSensitivity().orElseThrow()).isZero();
    }

    /** Single pixels are what occlusion hides here and what infidelity hides: the one foretells the other exactly. */
    @Test
    void findsOcclusionTrueToWhatItHides() {
        AttributionMethod pixels = new Occlusion(new Occlusion.Steps(3, 1, 1));
        AttributionMethod rows = new Occlusion(new Occlusion.Steps(3, 1, 5));

        assertThat(measure(new SmallConvNet(), pixels).get(0).infidelity().orElseThrow())
                .isCloseTo(0, within(1e-9));
        assertThat(measure(new SmallConvNet(), rows).get(0).infidelity().orElseThrow())
                .isGreaterThan(1e-3);
    }

    /** Constant logits and gradients of zero: nothing is to be ordered, foretold or changed. */
    @ParameterizedTest
    @ValueSource(strings = {"saliency", "integrated_gradients", "vargrad", "occlusion", "rise"})
    void answersForASaturatedModelToo(String name) {
        int size = SHAPE.size();
        LinearModel saturated =
                new LinearModel(SHAPE, new float[] {0, 90, 0}, new float[size], new float[size], new float[size]);
        AttributionMethod method = new MethodCatalogue().create(name, Map.of(), SHAPE);

        for (Faithfulness one : measure(saturated, method)) {
            assertThat(one.deletionAuc().isPresent()).isEqualTo(name.equals("rise"));
            assertThat(one.infidelity().orElseThrow()).isCloseTo(0, within(1e-9));
            assertThat(one.maxSensitivity().orElseThrow()).isCloseTo(0, within(1e-6));
        }
    }

    private List<Faithfulness> measure(ExplainableModel model, AttributionMethod method) {
        return all.of(model, method, inputs, TARGETS, method.attribute(model, inputs, TARGETS));
    }
}
