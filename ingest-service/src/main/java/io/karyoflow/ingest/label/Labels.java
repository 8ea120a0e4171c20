package io.karyoflow.ingest.label;

import io.karyoflow.common.database.StoreUnavailableException;
import java.util.List;
import java.util.Optional;

/** The labels that are kept, of each request the latest. Every call may throw {@link StoreUnavailableException}. */
public interface Labels {
    Optional<StoredLabel> find(String requestId);

    /** The labels as they are now, whatever is stored meanwhile; holds a connection until it is closed. */
    Selection select(LabelQuery query);

    /** @return whether there was one */
    boolean delete(String requestId);

    /** @return how many there were */
    int deleteOfSlide(String slide);

    /** In the order in which they were made; read as they are iterated over, which is possible once. */
    interface Selection extends Iterable<StoredLabel>, AutoCloseable {
        /** All that occur, in the order of the model's classes. */
        List<String> classNames();

        long withoutPosition();

        @Override
        void close();
    }
}
