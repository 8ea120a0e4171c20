package io.karyoflow.inference.messaging;

import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
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

/** Opens the consumer of requests and the producer of answers with their settings. */
@Singleton
class KafkaClients {
    private final Map<String, Object> connection;
    private final RequestsConfiguration configuration;

    KafkaClients(
            @Identifier("default-kafka-broker") Map<String, Object> connection, RequestsConfiguration configuration) {
        this.connection = connection;
        this.configuration = configuration;
    }

    KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> settings = settings(ConsumerConfig.configNames(), configuration.consumer());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, configuration.group());
        // not for the configuration: exactly once rests on them
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    KafkaProducer<String, byte[]> producer() {
        Map<String, Object> settings = settings(ProducerConfig.configNames(), configuration.producer());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, configuration.transactionalId());
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> settings(Set<String> known, Map<String, String> own) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.keySet().retainAll(known);
        settings.putAll(own);
        return settings;
    }
}
