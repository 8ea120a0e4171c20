package io.karyoflow.common.messaging;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Opens a consumer of requests and a producer of answers, set so that exactly once can be had.
 *
 * @param connection settings of both, at least {@code bootstrap.servers}; what a client does not know is left out
 * @param group instances of one group share the requests
 * @param transactionalId of this instance; must differ between instances that run at the same time
 * @param consumerSettings of the consumer alone, over the connection's
 * @param producerSettings of the producer alone, over the connection's
 */
public record ExactlyOnceClients(
        Map<String, Object> connection,
        String group,
        String transactionalId,
        Map<String, String> consumerSettings,
        Map<String, String> producerSettings) {

    KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> settings = settings(ConsumerConfig.configNames(), consumerSettings);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        // not for the configuration: exactly once rests on them
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"); // SkipExpired decides, and says what is lost
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    KafkaProducer<String, byte[]> producer() {
        Map<String, Object> settings = settings(ProducerConfig.configNames(), producerSettings);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> settings(Set<String> known, Map<String, String> own) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.keySet().retainAll(known);
        settings.putAll(own);
        return settings;
    }
}
