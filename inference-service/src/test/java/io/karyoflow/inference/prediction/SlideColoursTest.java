package io.karyoflow.inference.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.image.RgbImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SlideColoursTest {
    private static final RgbImage WHITE = grey(255);
    private static final RgbImage DARK = grey(94);
    private static final RgbImage OTHER = grey(200);
    /** Of one pixel of {@link #DARK}. */
    private static final float DENSITY = (float) Math.log(255 / 94.0);

    private final SlideColours slides = new SlideColours();

    @Test
    void aSlidesColoursAreThoseOfAllItsImagesAndNoOther() {
        slides.add("a", WHITE);
        slides.add("b", OTHER);
        slides.add("a", DARK);

        assertThat(slides.of("a", DARK).mean()[0]).isCloseTo(DENSITY / 2, within(1e-6f));
        assertThat(slides.of("a", DARK).deviation()[0]).isCloseTo(DENSITY / 2, within(1e-6f));
        assertIsOf(OTHER, slides.of("b", OTHER));
    }

    @Test
    void imagesThatNameNoSlideHaveNothingInCommon() {
        slides.add(null, WHITE);
        slides.add(null, DARK);

        assertIsOf(WHITE, slides.of(null, WHITE));
        assertIsOf(DARK, slides.of(null, DARK));
    }

    @Test
    void theSlideSeenLongestAgoIsForgotten() {
        slides.add("first", WHITE);
        slides.add("second", WHITE);
        for (int i = 2; i < SlideColours.MOST; i++) {
            slides.add("slide " + i, WHITE);
        }
        slides.add("first", WHITE);

        slides.add("one too many", WHITE);

        assertIsOf(WHITE, slides.of("first", DARK));
        assertIsOf(WHITE, slides.of("slide 2", DARK));
        assertIsOf(WHITE, slides.of("one too many", DARK));
        assertIsOf(DARK, slides.of("second", DARK));
    }

    @Test
    void aSlideThatWasForgottenBeginsAnew() {
        slides.add("a", WHITE);
        for (int i = 0; i < SlideColours.MOST; i++) {
            slides.add("slide " + i, WHITE);
        }

        slides.add("a", DARK);

        assertIsOf(DARK, slides.of("a", OTHER));
    }

    private static void assertIsOf(RgbImage image, ColourStatistics colours) {
        assertThat(colours).usingRecursiveComparison().isEqualTo(ColourStatistics.of(image));
    }

    private static RgbImage grey(int value) {
        byte[] rgb = new byte[2 * 3];
        Arrays.fill(rgb, (byte) value);
        return new RgbImage(1, 2, rgb);
    }
}
