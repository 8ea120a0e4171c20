package io.karyoflow.inference.prediction;

import io.karyoflow.common.concurrent.WorkThreads;
import io.karyoflow.common.image.ImageDecoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** Requests that were sent just before noon and are answered at noon. */
final class PredictionsAtNoon {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    static final Instant ASKED = NOON.minusMillis(40);

    private PredictionsAtNoon() {}

    static PredictImages predictImages(int images, long pixels) {
        return predictImages(new BatchLimits(images, 1, pixels));
    }

    static PredictImages predictImages(BatchLimits limits) {
        return predictImages(new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS), limits);
    }

    static PredictImages predictImages(ImageDecoder decoder, BatchLimits limits) {
        return new PredictImages(
                decoder, new WorkThreads("decode", 2), limits, Duration.ofHours(1), Clock.fixed(NOON, ZoneOffset.UTC));
    }
}
