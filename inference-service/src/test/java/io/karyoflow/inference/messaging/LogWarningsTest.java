package io.karyoflow.inference.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.Prediction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogWarningsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final LogWarnings log = new LogWarnings();

    @Test
    void ofASlideByAModelItIsSaidOnceADay() {
        assertThat(log.isDue(prediction("7", "m", 0))).isTrue();
        assertThat(log.isDue(prediction("7", "m", 0))).isFalse();
        assertThat(log.isDue(prediction("7", "m", 5))).isFalse();
        assertThat(log.isDue(prediction("7", "other", 5))).isTrue();
        assertThat(log.isDue(prediction("8", "m", 10))).isTrue();
        assertThat(log.isDue(prediction("7", "m", 24 * 60 - 1))).isFalse();
        assertThat(log.isDue(prediction("7", "m", 24 * 60))).isTrue();
    }

    @Test
    void imagesWithoutASlideAreAsThoseOfOne() {
        assertThat(log.isDue(prediction(null, "m", 0))).isTrue();
        assertThat(log.isDue(prediction(null, "m", 5))).isFalse();
    }

    @Test
    void slidesThatNeverEndAreSaidOnceAMinute() {
        long said = IntStream.range(0, 1000)
                .filter(i -> log.isDue(prediction("slide " + i, "m", i / 100)))
                .count();

        assertThat(said).isEqualTo(10);
        assertThat(log.isDue(prediction("slide 999", "m", 10)))
                .as("one that came in a pause is said later")
                .isTrue();
    }

    @Test
    void withoutAWarningNothingIsSaid() {
        assertThat(log.isDue(prediction("7", "m", 0, null))).isFalse();
    }

    private static Prediction prediction(String slide, String model, int minute) {
        return prediction(slide, model, minute, "the image is small");
    }

    private static Prediction prediction(String slide, String model, int minute, String warning) {
        Instant now = NOON.plus(Duration.ofMinutes(minute));
        return new Prediction(
                "r", "00", null, slide, null, null, null, 0, "muscle", List.of(), model, now, now, 1, warning);
    }
}
