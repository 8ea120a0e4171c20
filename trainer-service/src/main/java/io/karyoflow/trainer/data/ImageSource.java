package io.karyoflow.trainer.data;

import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.LabelledImage;
import java.io.IOException;

/** Where a data set's encoded images come from. */
public interface ImageSource {

    /**
     * Gives every image of the data set to {@code reader}, in any order; an image may come more than once.
     *
     * @param stillWanted called often; what it throws ends the reading
     * @throws UnusableDatasetException if some of it is gone or cannot be read
     */
    void read(DatasetRegistered dataset, ImageReader reader, Runnable stillWanted) throws IOException;

    /** Takes images one by one. */
    interface ImageReader {
        void accept(LabelledImage image) throws IOException;
    }
}
