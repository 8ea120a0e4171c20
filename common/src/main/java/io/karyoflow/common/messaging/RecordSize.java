package io.karyoflow.common.messaging;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * How large records are before they are compressed. Brokers count what is left after it, so a record may come in that
 * would not pass again: producers count before, and may compress less well than its sender did.
 */
final class RecordSize {
    /** Two lengths of a header, at most. */
    private static final int LENGTHS_BYTES = 10;

    private RecordSize() {}

    /** Bytes of key, value and headers. */
    static long bytes(ConsumerRecord<?, ?> record) {
        return withoutValue(record) + Math.max(0, record.serializedValueSize());
    }

    /** Bytes of key and headers. */
    static long withoutValue(ConsumerRecord<?, ?> record) {
        long bytes = Math.max(0, record.serializedKeySize());
        for (Header header : record.headers()) {
            byte[] value = header.value();
            bytes += header.key().getBytes(StandardCharsets.UTF_8).length
                    + (value == null ? 0 : value.length)
                    + LENGTHS_BYTES;
        }
        return bytes;
    }
}
