package io.karyoflow.common.message;

import io.karyoflow.common.image.ColourStatistics;
import java.util.List;

/**
 * One image that somebody wants labelled, as {@code prediction-requests} carries it: the encoded file is the record's
 * value, the key the request id, all else optional headers.
 *
 * @param id the request's id; answers carry it
 * @param filename what the sender calls the image, or null
 * @param slide the slide it was cut from, or null
 * @param x left edge on the slide in pixels, or null
 * @param y upper edge on the slide in pixels, or null
 * @param colours by which a model that sees slides is to see the image, for example those of its whole slide, or null if
 *     who asks does not say
 * @param explain attribution methods wanted, empty for none
 * @param contentType for example {@code image/png}, or null
 * @param bytes the encoded image
 */
public record PredictionRequest(
        String id,
        String filename,
        String slide,
        Long x,
        Long y,
        ColourStatistics colours,
        List<String> explain,
        String contentType,
        byte[] bytes) {

    /** The same request for the image as it is seen by these colours. */
    public PredictionRequest seenBy(ColourStatistics others) {
        return new PredictionRequest(id, filename, slide, x, y, others, explain, contentType, bytes);
    }
}
