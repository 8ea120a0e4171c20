package io.karyoflow.ingest.image;

import io.karyoflow.common.message.PredictionRequest;
import java.util.List;

/** Asks for predictions. */
@FunctionalInterface
public interface PublishRequests {
    /**
     * Returns when every request has been acknowledged.
     *
     * @throws PublishingFailedException if one was not; some of the others may have been
     */
    void publish(List<PredictionRequest> requests);
}
