package io.karyoflow.explain.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ColourMapTest {
    @Test
    void isBlueWhiteAndOrangeAtKnownValues() {
        assertThat(ColourMap.DIVERGING.rgb(-1)).isEqualTo(0x0441B3);
        assertThat(ColourMap.DIVERGING.rgb(-2)).isEqualTo(0x0441B3);
        assertThat(ColourMap.DIVERGING.rgb(-0.5f)).isEqualTo(0x4FA4FB);
        assertThat(ColourMap.DIVERGING.rgb(0)).isEqualTo(0xFFFFFF);
        assertThat(ColourMap.DIVERGING.rgb(0.125f)).isEqualTo(0xF9E3CD); // halfway from white to F2C79B
        assertThat(ColourMap.DIVERGING.rgb(1)).isEqualTo(0x7E3603);
        assertThat(ColourMap.MAGNITUDE.rgb(1)).isEqualTo(0x49016B);
    }

    @Test
    void hasTheSameColourForTheSameMeaningInEveryPicture() {
        for (float magnitude = 0; magnitude <= 1; magnitude += 0.05f) {
            assertThat(ColourMap.FOR.rgb(magnitude)).isEqualTo(ColourMap.DIVERGING.rgb(magnitude));
            assertThat(ColourMap.AGAINST.rgb(magnitude)).isEqualTo(ColourMap.DIVERGING.rgb(-magnitude));
        }
    }

    @ParameterizedTest
    @EnumSource
    void isDarkerInProportionToTheMagnitude(ColourMap map) {
        double darkest = 100 - Colours.lightness(map.rgb(1));
        for (float magnitude = 0; magnitude <= 1; magnitude += 0.05f) {
            double expected = 100 - magnitude * darkest;
            assertThat(Colours.lightness(map.rgb(magnitude))).isCloseTo(expected, within(1.5));
            if (map.lowest() < 0) {
                assertThat(Colours.lightness(map.rgb(-magnitude))).isCloseTo(expected, within(1.5));
            }
        }
    }

    /** A difference (CIE76) of 2.3 can just be noticed. */
    @ParameterizedTest
    @EnumSource
    void forAndAgainstStayApartForColourBlindPeople(Colours.Blindness blindness) {
        for (float magnitude : new float[] {0.25f, 0.5f, 1}) {
            int orange = blindness.seen(ColourMap.DIVERGING.rgb(magnitude));
            int blue = blindness.seen(ColourMap.DIVERGING.rgb(-magnitude));
            assertThat(Colours.difference(orange, blue)).isGreaterThan(25);
        }
    }
}
