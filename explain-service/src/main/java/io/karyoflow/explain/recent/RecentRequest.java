package io.karyoflow.explain.recent;

import io.karyoflow.common.image.ColourStatistics;
import java.time.Instant;

/**
 * A request whose image was explained.
 *
 * @param id of the request
 * @param filename as in the request, or null
 * @param image as it came, encoded
 * @param colours of the image's slide, as in the request, or null
 * @param className the class explained
 * @param probability of that class, 0 to 1
 * @param modelId the model that said so
 */
public record RecentRequest(
        String id,
        String filename,
        byte[] image,
        ColourStatistics colours,
        String className,
        double probability,
        String modelId,
        Instant explainedAt) {}
