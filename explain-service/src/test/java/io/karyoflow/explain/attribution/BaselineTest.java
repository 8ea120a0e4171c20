package io.karyoflow.explain.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BaselineTest {
    private static final InputShape SHAPE = new InputShape(1, 2, 3);
    private static final float[] TWO_INPUTS = {0, 0.2f, 1, 1, 0.4f, -1, 3, 3, 3, 3, 3, 3};

    @Test
    void isTheSameEverywhereIfConstant() {
        assertThat(Baseline.zero().of(SHAPE, TWO_INPUTS)).hasSize(12).containsOnly(0);
        assertThat(Baseline.white().of(SHAPE, TWO_INPUTS)).containsOnly(1);
    }

    @Test
    void isTheMeanColourOfEachInputItself() {
        assertThat(Baseline.meanColour().of(SHAPE, TWO_INPUTS))
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(0.5f, 0.3f, 0, 0.5f, 0.3f, 0, 3, 3, 3, 3, 3, 3);
    }

    @Test
    void isAGivenColourOrAGivenInput() {
        assertThat(Baseline.given(1, 2, 3).of(SHAPE, TWO_INPUTS)).containsExactly(1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3);
        assertThat(Baseline.given(1, 2, 3, 4, 5, 6).of(SHAPE, TWO_INPUTS))
                .containsExactly(1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6);
        assertThatThrownBy(() -> Baseline.given(1, 2).of(SHAPE, TWO_INPUTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("baselines has 2 values, neither 3, a colour, nor 6, an input");
    }

    /** A single bright pixel becomes a Gaussian of the same sum. */
    @Test
    void isBlurredByAGaussian() {
        InputShape shape = new InputShape(21, 21, 1);
        float[] point = new float[21 * 21];
        point[shape.index(10, 10, 0)] = 1;

        float[] blurred = Baseline.blurred(2).of(shape, point);

        double sum = 0;
        for (float value : blurred) {
            sum += value;
        }
        assertThat(sum).isCloseTo(1, within(1e-5));
        float middle = blurred[shape.index(10, 10, 0)];
        assertThat(middle).isCloseTo((float) (1 / (2 * Math.PI * 4)), within(0.001f));
        assertThat(blurred[shape.index(13, 10, 0)] / middle).isCloseTo((float) Math.exp(-9 / 8.0), within(1e-5f));
        assertThat(blurred[shape.index(10, 13, 0)]).isCloseTo(blurred[shape.index(13, 10, 0)], within(1e-7f));
    }

    @Test
    void blurringAPlainInputChangesNothing() {
        float[] plain = {1, 2, 3, 1, 2, 3};

        assertThat(Baseline.blurred(5).of(SHAPE, plain))
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(plain);
    }

    @Test
    void refusesToBlurByNothing() {
        assertThatThrownBy(() -> Baseline.blurred(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sigma must be a number of pixels above 0, not 0.0");
    }
}
