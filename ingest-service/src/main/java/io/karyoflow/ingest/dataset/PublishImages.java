package io.karyoflow.ingest.dataset;

import io.karyoflow.common.message.DatasetRegistered.OffsetRange;
import io.karyoflow.common.message.LabelledImage;
import java.util.List;

/** Publishes the images of a data set, many in flight at once. */
@FunctionalInterface
public interface PublishImages {
    Publication begin();

    /** One data set's images on their way. */
    interface Publication extends AutoCloseable {
        /**
         * Sends an image without waiting for its acknowledgement, though it may wait for room.
         *
         * @throws io.karyoflow.ingest.image.PublishingFailedException if this or an earlier image was not acknowledged
         */
        void send(LabelledImage image);

        /** How many have been acknowledged so far. */
        int acknowledged();

        /**
         * Waits for all acknowledgements.
         *
         * @return where the images are: one range for each partition that has some
         * @throws io.karyoflow.ingest.image.PublishingFailedException if an image was not acknowledged
         */
        List<OffsetRange> complete();

        /**
         * Waits until none is on its way any more, also of a publication that was given up: what arrived later would lie
         * among the images of the next attempt.
         */
        @Override
        void close();
    }
}
