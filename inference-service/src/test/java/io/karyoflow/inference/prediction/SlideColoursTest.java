package io.karyoflow.inference.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.image.RgbImage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SlideColoursTest {
    private static final RgbImage WHITE = grey(255);
    private static final RgbImage DARK = grey(94);
    private static final RgbImage OTHER = grey(200);
    /** Of one pixel of {@link #DARK}. */
    private static final float DENSITY = (float) Math.log(255 / 94.0);

    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final InstantSource time = () -> now;
    private final SlideColours slides = new SlideColours(Duration.ofHours(12), time.withZone(ZoneOffset.UTC));

    @Test
    void aSlidesColoursAreThoseOfAllItsImagesAndNoOther() {
        slides.add("a", WHITE);
        slides.add("b", OTHER);
        slides.add("a", DARK);

        assertIsHalfDark(slides.of("a", DARK));
        assertIsOf(OTHER, slides.of("b", OTHER));
    }

    @Test
    void whatIsAnsweredIsRemembered() {
        answer("a", WHITE);

        slides.takeNew();
        slides.add("a", DARK);

        assertIsHalfDark(slides.of("a", DARK));
    }

    @Test
    void whatIsTakenAgainCountsOnce() {
        answer("a", WHITE);
        slides.takeNew();
        slides.add("a", DARK);

        slides.takeNew();
        slides.add("a", DARK);

        assertIsHalfDark(slides.of("a", DARK));
    }

    @Test
    void imagesThatNameNoSlideHaveNothingInCommon() {
        slides.add(null, WHITE);
        slides.add(null, DARK);

        assertIsOf(WHITE, slides.of(null, WHITE));
        assertIsOf(DARK, slides.of(null, DARK));
    }

    @Test
    void theSlideAnsweredLongestAgoIsForgottenWhenThereAreTooMany() {
        answer("first", WHITE);
        answer("second", WHITE);
        for (int i = 2; i < SlideColours.MOST; i++) {
            answer("slide " + i, WHITE);
        }
        answer("first", WHITE);

        answer("one too many", WHITE);

        slides.takeNew();
        slides.add("second", DARK);
        slides.add("slide 2", DARK);
        slides.add("one too many", DARK);
        assertIsOf(DARK, slides.of("second", DARK));
        assertIsHalfDark(slides.of("slide 2", DARK));
        assertIsHalfDark(slides.of("one too many", DARK));
    }

    @Test
    void aSlideIsForgottenAfterSilence() {
        answer("silent", WHITE);
        answer("goes on", WHITE);
        now = now.plus(Duration.ofHours(12));
        answer("goes on", WHITE);
        now = now.plusSeconds(1);

        slides.takeNew();
        slides.add("silent", DARK);
        slides.add("goes on", DARK);

        assertIsOf(DARK, slides.of("silent", DARK));
        assertThat(slides.of("goes on", DARK).mean()[0]).isCloseTo(DENSITY / 3, within(1e-6f));
    }

    private void answer(String slide, RgbImage image) {
        slides.takeNew();
        slides.add(slide, image);
        slides.remember();
    }

    /** Of one white and one dark image. */
    private static void assertIsHalfDark(ColourStatistics colours) {
        assertThat(colours.mean()[0]).isCloseTo(DENSITY / 2, within(1e-6f));
        assertThat(colours.deviation()[0]).isCloseTo(DENSITY / 2, within(1e-6f));
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
