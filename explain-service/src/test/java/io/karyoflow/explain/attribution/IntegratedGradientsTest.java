package io.karyoflow.explain.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IntegratedGradientsTest {
    private static final InputShape PAIR = new InputShape(1, 2, 1);
    private static final List<Target> TARGET = List.of(Target.ofClass(0));

    @ParameterizedTest
    @EnumSource(
            value = IntegrationRule.class,
            mode = EnumSource.Mode.EXCLUDE,
            // weighs 1 - 1/n in all, as Captum's does
            names = "RIEMANN_TRAPEZOID")
    void ofALinearModelIsTheShareOfEachValueInTheRise(IntegrationRule rule) {
        LinearModel model = new LinearModel(PAIR, new float[] {7}, new float[] {2, -3});
        IntegratedGradients method = new IntegratedGradients(Baseline.constant(1), 4, rule, true, BatchSize.DEFAULT);

        AttributionMap map = method.attribute(model, new float[] {3, 5}, TARGET).get(0);

        assertThat(map.values()).usingComparatorWithPrecision(1e-5f).containsExactly(2 * (3 - 1), -3 * (5 - 1));
        assertThat(map.convergenceDelta().orElseThrow()).isCloseTo(0, within(1e-5));
    }

    /** The gradient of x^2 is linear, so that two nodes integrate it exactly; Riemann's sums are off by what they are. */
    @ParameterizedTest
    @CsvSource({
        "GAUSSLEGENDRE, 16",
        "RIEMANN_MIDDLE, 16",
        // 2 * 4 * 4 * mean of 0 and 1/2
        "RIEMANN_LEFT, 8",
        "RIEMANN_RIGHT, 24",
        // half of 0 and half of 1, each with weight 1/2
        "RIEMANN_TRAPEZOID, 8"
    })
    void integratesByTheRule(IntegrationRule rule, float expected) {
        IntegratedGradients method = new IntegratedGradients(Baseline.zero(), 2, rule, true, BatchSize.DEFAULT);

        AttributionMap map = method.attribute(new SquareModel(PAIR), new float[] {4, 0}, TARGET)
                .get(0);

        assertThat(map.values()).usingComparatorWithPrecision(1e-5f).containsExactly(expected, 0);
        assertThat(map.convergenceDelta().orElseThrow()).isCloseTo(expected - 16, within(1e-5));
    }

    @Test
    void isTheMeanSlopeWithoutMultiplication() {
        IntegratedGradients method =
                new IntegratedGradients(Baseline.zero(), 3, IntegrationRule.GAUSSLEGENDRE, false, BatchSize.DEFAULT);

        AttributionMap map = method.attribute(new SquareModel(PAIR), new float[] {4, -6}, TARGET)
                .get(0);

        assertThat(map.values()).usingComparatorWithPrecision(1e-5f).containsExactly(4, -6);
        assertThat(map.convergenceDelta()).isEmpty();
        assertThat(method.multipliesByInputs()).isFalse();
    }

    /** Completeness: sum of M(x) = S(x) - S(b), for whatever baseline and target. */
    @Test
    void addsUpToTheRiseOfANetworksScore() {
        SmallConvNet model = new SmallConvNet();
        List<Target> targets = List.of(Target.ofClass(1), Target.difference(2, 0));
        float[] inputs = ParityFixture.inputs();
        for (Baseline baseline :
                List.of(Baseline.zero(), Baseline.white(), Baseline.meanColour(), Baseline.blurred(1))) {
            float[] starts = baseline.of(SmallConvNet.SHAPE, inputs);
            List<AttributionMap> maps = new IntegratedGradients(
                            baseline, 4000, IntegrationRule.RIEMANN_MIDDLE, true, BatchSize.DEFAULT)
                    .attribute(model, inputs, targets);
            for (int i = 0; i < 2; i++) {
                Target target = targets.get(i);
                double rise = target.score(model.logits(inputs, 2)[i]) - target.score(model.logits(starts, 2)[i]);
                double sum = 0;
                for (float value : maps.get(i).values()) {
                    sum += value;
                }
                assertThat(sum).isCloseTo(rise, within(0.002));
                assertThat(maps.get(i).convergenceDelta().orElseThrow()).isCloseTo(sum - rise, within(1e-5));
            }
        }
    }

    @Test
    void fillsBatchesAcrossInputs() {
        LinearModel model = new LinearModel(PAIR, new float[1], new float[] {2, -3});
        IntegratedGradients method =
                new IntegratedGradients(Baseline.zero(), 5, IntegrationRule.RIEMANN_LEFT, false, BatchSize.of(4));

        method.attribute(model, new float[6], List.of(Target.ofClass(0), Target.ofClass(0), Target.ofClass(0)));

        assertThat(model.batches).containsExactly(4, 4, 4, 3);
    }

    @Test
    void refusesTooFewSteps() {
        assertThatThrownBy(() -> new IntegratedGradients(
                        Baseline.zero(), 1, IntegrationRule.RIEMANN_LEFT, true, BatchSize.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("n_steps of riemann_left must be at least 2, not 1");
    }
}
