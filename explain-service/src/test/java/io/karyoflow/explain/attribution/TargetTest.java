package io.karyoflow.explain.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TargetTest {
    private static final float[] LOGITS = {1, 3, 0};

    @Test
    void isALogitOrTheDifferenceOfTwo() {
        assertThat(Target.ofClass(1).score(LOGITS)).isEqualTo(3);
        assertThat(Target.difference(0, 1).score(LOGITS)).isEqualTo(-2);
    }

    @Test
    void isAProbabilityAmongAllClassesOrAmongTheTwo() {
        double all = Math.exp(1) + Math.exp(3) + Math.exp(0);

        assertThat(Target.ofClass(1).probability(LOGITS, 1)).isCloseTo(Math.exp(3) / all, within(1e-9));
        assertThat(Target.difference(0, 1).probability(LOGITS, 1))
                .isCloseTo(Math.exp(1) / (Math.exp(1) + Math.exp(3)), within(1e-9));
    }

    @Test
    void isAsSureAsTheTemperatureLetsItBe() {
        double all = Math.exp(0.5) + Math.exp(1.5) + Math.exp(0);

        assertThat(Target.ofClass(1).probability(LOGITS, 2)).isCloseTo(Math.exp(1.5) / all, within(1e-9));
        assertThat(Target.difference(0, 1).probability(LOGITS, 2))
                .isCloseTo(Math.exp(0.5) / (Math.exp(0.5) + Math.exp(1.5)), within(1e-9));
    }

    @Test
    void staysAProbabilityHoweverLargeLogitsAre() {
        float[] saturated = {3e38f, -3e38f};

        assertThat(Target.ofClass(0).probability(saturated, 1)).isEqualTo(1);
        assertThat(Target.ofClass(1).probability(saturated, 1)).isEqualTo(0);
        assertThat(Target.difference(0, 1).probability(saturated, 1)).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNoClass() {
        assertThatThrownBy(() -> Target.ofClass(3).score(LOGITS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("class 3 is none of the model's 3 classes, numbered from 0");
        assertThatThrownBy(() -> Target.ofClass(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Target.difference(1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** In one batch with single classes, which are differentiated once. */
    @Test
    void gradientOfADifferenceIsTheDifferenceOfGradients() {
        LinearModel model = new LinearModel(
                new InputShape(1, 2, 1), new float[3], new float[] {1, 2}, new float[] {10, 20}, new float[] {5, 7});

        List<AttributionMap> maps = new Saliency(false)
                .attribute(
                        model,
                        new float[6],
                        List.of(Target.ofClass(0), Target.difference(1, 2), Target.difference(2, 0)));

        assertThat(maps)
                .extracting(AttributionMap::values)
                .containsExactly(new float[] {1, 2}, new float[] {10 - 5, 20 - 7}, new float[] {5 - 1, 7 - 2});
        assertThat(model.batches).containsExactly(3, 2);
    }
}
