package io.karyoflow.common.messaging;

import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What a service does with a batch of requests. */
@FunctionalInterface
public interface AnswerBatch {
    /** The answers; called again for the same requests if they could not be committed. */
    Answers answer(ConsumerRecords<String, byte[]> requests);

    /** Records to be written in the transaction that marks their requests as done. */
    interface Answers {
        Stream<ProducerRecord<String, byte[]>> records();

        /** They are visible now, and will not be given again. */
        void committed();
    }
}
