package io.karyoflow.tuner.messaging;

import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.DeadLetters;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/** Events that fit no trial, kept with the reason. */
@Singleton
class TrialEventDeadLetters {
    private static final Logger LOG = Logger.getLogger(TrialEventDeadLetters.class);

    private final MutinyEmitter<byte[]> channel;
    private final Backoff backoff;

    TrialEventDeadLetters(
            @Channel(Topics.TRIAL_EVENTS + "-dead-letter") MutinyEmitter<byte[]> channel, Backoff backoff) {
        this.channel = channel;
        this.backoff = backoff;
    }

    /** Returns once the broker has it. */
    void send(ConsumerRecord<String, byte[]> record, String reason) {
        LOG.warnf(
                "an event at %s-%d@%d goes to the dead letters: %s",
                record.topic(), record.partition(), record.offset(), reason);
        ProducerRecord<String, byte[]> letter = DeadLetters.of(record, reason, "tuner");
        backoff.untilAvailable(() -> channel.sendMessageAndAwait(message(letter)));
    }

    private static Message<byte[]> message(ProducerRecord<String, byte[]> letter) {
        // a record may have no value, a message must have a payload
        return Message.of(letter.value() == null ? new byte[0] : letter.value())
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(letter.key())
                        .withHeaders(letter.headers())
                        .build());
    }
}
