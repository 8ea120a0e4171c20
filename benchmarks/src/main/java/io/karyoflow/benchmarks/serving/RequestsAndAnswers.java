package io.karyoflow.benchmarks.serving;

import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.messaging.ImageRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Asks one service, and hears its answers: those that come after this was made. */
final class RequestsAndAnswers implements AutoCloseable {
    private static final Duration SILENCE = Duration.ofMinutes(2);

    private final Contender contender;
    private final String run;
    private final List<byte[]> images;
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;

    /** When each answer was written, in milliseconds, by the request's id. */
    private final Map<String, Long> answered = new HashMap<>();

    private int asked;

    /** @param run part of the requests' ids, which no other run has */
    RequestsAndAnswers(String bootstrapServers, Contender contender, String run, List<byte[]> images) {
        this.contender = contender;
        this.run = run;
        this.images = images;
        this.producer = new KafkaProducer<>(
                // what comes alone is sent at once
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.LINGER_MS_CONFIG, 0),
                new StringSerializer(),
                new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(contender.answers()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** Returns when all of them are in the topic. */
    void ask(int requests) {
        for (int i = 0; i < requests; i++) {
            producer.send(next());
        }
        producer.flush();
    }

    private ProducerRecord<String, byte[]> next() {
        byte[] image = images.get(asked % images.size());
        String id = run + "-" + asked++;
        ProducerRecord<String, byte[]> record = ImageRecords.of(
                new PredictionRequest(id, id + ".png", null, null, null, null, List.of(), "image/png", image),
                "benchmark");
        return new ProducerRecord<>(contender.requests(), null, id, image, record.headers());
    }

    /** Waits until all that was asked is answered. @return when, in milliseconds, in the order of time */
    List<Long> awaitAnswers(Contender.Running service) {
        long last = System.nanoTime();
        while (answered.size() < asked) {
            service.requireAlive();
            if (hear(Duration.ofSeconds(1))) {
                last = System.nanoTime();
            } else if (System.nanoTime() - last > SILENCE.toNanos()) {
                throw new IllegalStateException(contender.name() + " has answered " + answered.size() + " of " + asked
                        + " requests, and none for " + SILENCE.toMinutes() + " minutes");
            }
        }
        return answered.values().stream().sorted().toList();
    }

    /** Asks one after the other. @return how long each took until its answer was read, in milliseconds, sorted */
    List<Double> roundTrips(int requests, Contender.Running service) throws ExecutionException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            long start = System.nanoTime();
            producer.send(next()).get();
            awaitAnswers(service);
            millis.add((System.nanoTime() - start) / 1e6);
        }
        return millis.stream().sorted().toList();
    }

    private boolean hear(Duration patience) {
        boolean heard = false;
        for (ConsumerRecord<String, byte[]> answer : consumer.poll(patience)) {
            if (answer.key().startsWith(run + "-")) {
                heard = true;
                boolean again = answered.putIfAbsent(answer.key(), answer.timestamp()) != null;
                if (again && contender.exactlyOnce()) {
                    throw new IllegalStateException(contender.name() + " has answered " + answer.key() + " twice");
                }
            }
        }
        return heard;
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
