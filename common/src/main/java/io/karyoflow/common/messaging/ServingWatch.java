package io.karyoflow.common.messaging;

import org.apache.kafka.clients.consumer.Consumer;

/** Hears how {@link ServeRequests} fares: where a service's metrics come from. */
public interface ServingWatch {
    /** A consumer was opened; what is returned is closed before it is. */
    AutoCloseable opened(Consumer<String, byte[]> consumer);

    /** So many requests wait in this instance's partitions; before it joined its group, in all. */
    void lag(long requests);

    /** So many requests were deleted from their topic before they were answered. */
    void expired(long requests);

    /** Something failed, nothing is lost, and it is tried again. */
    void retried();
}
