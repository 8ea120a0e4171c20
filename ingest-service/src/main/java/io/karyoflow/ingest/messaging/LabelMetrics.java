package io.karyoflow.ingest.messaging;

import io.karyoflow.common.messaging.ServingWatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;

/** What Prometheus sees of the labels that are stored. */
@Singleton
class LabelMetrics implements ServingWatch {
    private final MeterRegistry registry;
    private final Counter stored;
    private final Counter deadLetters;
    private final Counter expired;
    private final Counter retries;
    private final AtomicLong lag = new AtomicLong();

    LabelMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.stored = Counter.builder("karyoflow.ingest.labels.stored")
                .description("labels that the database has taken")
                .register(registry);
        this.deadLetters = Counter.builder("karyoflow.ingest.labels.dead.letters")
                .description("labels that could not be read or stored")
                .register(registry);
        this.expired = Counter.builder("karyoflow.ingest.labels.expired")
                .description("labels that the topic deleted before they were stored")
                .register(registry);
        this.retries = Counter.builder("karyoflow.ingest.labels.retries")
                .description("times that labels were taken again because the database or Kafka failed")
                .register(registry);
        Gauge.builder("karyoflow.ingest.labels.lag", lag, AtomicLong::get)
                .description("labels that wait to be stored, in this instance's partitions")
                .register(registry);
    }

    void stored(int labels) {
        stored.increment(labels);
    }

    void refused(int labels) {
        deadLetters.increment(labels);
    }

    @Override
    public AutoCloseable opened(Consumer<String, byte[]> consumer) {
        KafkaClientMetrics metrics = new KafkaClientMetrics(consumer);
        metrics.bindTo(registry);
        return metrics;
    }

    @Override
    public void lag(long labels) {
        lag.set(labels);
    }

    @Override
    public void expired(long labels) {
        expired.increment(labels);
    }

    @Override
    public void retried() {
        retries.increment();
    }
}
