package io.karyoflow.inference.messaging;

import io.karyoflow.common.message.Prediction;
import io.karyoflow.common.messaging.ServingWatch;
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
class InferenceMetrics implements ServingWatch {
    private final MeterRegistry registry;
    private final Timer latency;
    private final Counter images;
    private final Counter warnings;
    private final Counter deadLetters;
    private final Counter expired;
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
        this.warnings = Counter.builder("karyoflow.inference.warnings")
                .description("Images labelled with a warning, as they are of another size than the model learned from")
                .register(registry);
        this.deadLetters = Counter.builder("karyoflow.inference.dead.letters")
                .description("Requests that could not be read, decoded or labelled,"
                        + " and promotions that could not be followed")
                .register(registry);
        this.expired = Counter.builder("karyoflow.inference.requests.expired")
                .description("Requests that the topic deleted before they were answered")
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

    /** Its answer is committed. */
    void predicted(Prediction prediction) {
        latency.record(Duration.between(prediction.requestedAt(), prediction.predictedAt()));
        images.increment();
        if (prediction.warning() != null) {
            warnings.increment();
        }
    }

    /** So many records became dead letters. */
    void refused(int records) {
        deadLetters.increment(records);
    }

    void serving(String modelId) {
        model.register(List.of(MultiGauge.Row.of(Tags.of("model", modelId), 1)), true);
    }

    @Override
    public KafkaClientMetrics opened(Consumer<String, byte[]> consumer) {
        KafkaClientMetrics metrics = new KafkaClientMetrics(consumer);
        metrics.bindTo(registry);
        return metrics;
    }

    @Override
    public void lag(long requests) {
        lag.set(requests);
    }

    @Override
    public void expired(long requests) {
        expired.increment(requests);
    }

    @Override
    public void retried() {
        retries.increment();
    }
}
