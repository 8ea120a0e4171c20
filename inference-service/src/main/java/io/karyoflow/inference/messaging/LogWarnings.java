package io.karyoflow.inference.messaging;

import io.karyoflow.common.message.Prediction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log that predictions carry a warning: once a day for each slide and model, as all images of a slide are cut
 * alike, and at most once a minute, should each image name a slide of its own. Not for several threads at once.
 */
@Singleton
class LogWarnings {
    private static final Logger LOG = LoggerFactory.getLogger(LogWarnings.class);
    private static final Duration REPEATED_AFTER = Duration.ofDays(1);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** When it was said last; no more than there are minutes in a day. */
    private final Map<Subject, Instant> said = new HashMap<>();

    private Instant silentUntil = Instant.MIN;

    /** @param slide null for all images that name none */
    private record Subject(String slide, String modelId) {}

    void of(Prediction prediction) {
        if (isDue(prediction)) {
            LOG.warn(
                    "predictions of model {} for {} carry a warning, such as that of request {}: {}. Cut patches as they"
                            + " were cut for training, or train on patches that are cut like these;"
                            + " karyoflow_inference_warnings_total counts the predictions",
                    prediction.modelId(),
                    prediction.slide() == null ? "images without a slide" : "slide " + prediction.slide(),
                    prediction.requestId(),
                    prediction.warning());
        }
    }

    /** Whether it is to be said now; then it counts as said. */
    boolean isDue(Prediction prediction) {
        Instant now = prediction.predictedAt();
        Subject subject = new Subject(prediction.slide(), prediction.modelId());
        if (prediction.warning() == null || now.isBefore(silentUntil) || isRecent(said.get(subject), now)) {
            return false;
        }
        said.values().removeIf(at -> !isRecent(at, now));
        said.put(subject, now);
        silentUntil = now.plus(PAUSE);
        return true;
    }

    private static boolean isRecent(Instant at, Instant now) {
        return at != null && now.isBefore(at.plus(REPEATED_AFTER));
    }
}
