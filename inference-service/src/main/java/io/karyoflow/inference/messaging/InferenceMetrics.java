package io.karyoflow.inference.messaging;

import io.karyoflow.common.message.Prediction;
import io.karyoflow.common.runtime.ServedModels;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;

/** What Prometheus sees of this service, besides Kafka's own client metrics. */
@Singleton
class InferenceMetrics {
    private final MeterRegistry registry;
    private final Timer latency;
    private final Counter images;
    private final Counter deadLetters;
    private final Counter retries;
    private final MultiGauge model;
    private final AtomicLong lag = new AtomicLong();

    InferenceMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.latency = Timer.builder("karyoflow.inference.request.latency")
                .description("From the request's timestamp in its topic to its prediction, the queue included")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(registry);
        this.images = Counter.builder("karyoflow.inference.images")
                .description("Images labelled; its rate is images per second")
                .register(registry);
        this.deadLetters = Counter.builder("karyoflow.inference.dead.letters")
                .description("Requests that could not be read or decoded")
                .register(registry);
        this.retries = Counter.builder("karyoflow.inference.retries")
                .description("Times that requests were taken again because their answers could not be committed")
                .register(registry);
        this.model = MultiGauge.builder("karyoflow.inference.model")
                .description("1 for the model that answers now")
                .register(registry);
        Gauge.builder("karyoflow.inference.queue.lag", lag, AtomicLong::get)
                .description("Requests that wait in this instance's partitions; before the first model, in all")
                .register(registry);
    }

    /** Counts answers that are committed. */
    void answered(Answers answers) {
        for (Prediction prediction : answers.predictions()) {
            latency.record(Duration.between(prediction.requestedAt(), prediction.predictedAt()));
        }
        images.increment(answers.predictions().size());
        deadLetters.increment(answers.deadLetters().size());
    }

    void retried() {
        retries.increment();
    }

    void lag(long records) {
        lag.set(records);
    }

    void serving(ServedModels models) {
        models.currentId().ifPresent(id -> model.register(List.of(MultiGauge.Row.of(Tags.of("model", id), 1)), true));
    }

    /** Shows the consumer's own metrics until it is closed. */
    KafkaClientMetrics watch(Consumer<?, ?> consumer) {
        KafkaClientMetrics metrics = new KafkaClientMetrics(consumer);
        metrics.bindTo(registry);
        return metrics;
    }
}
