package io.karyoflow.explain.messaging;

import io.karyoflow.common.message.Attribution;
import io.karyoflow.common.messaging.ServingWatch;
import io.karyoflow.explain.explanation.Lane;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;

/** What Prometheus sees of this service, besides Kafka's own client metrics. */
@Singleton
class ExplainMetrics {
    private final MeterRegistry registry;
    private final Counter deadLetters;
    private final Counter expired;
    private final Counter retries;
    private final Map<Lane, AtomicLong> lags = new EnumMap<>(Lane.class);

    ExplainMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.deadLetters = Counter.builder("karyoflow.explain.dead.letters")
                .description("Requests that could not be read, decoded or explained,"
                        + " and promotions that could not be followed")
                .register(registry);
        this.expired = Counter.builder("karyoflow.explain.requests.expired")
                .description("Requests that the topic deleted before they were answered")
                .register(registry);
        this.retries = Counter.builder("karyoflow.explain.retries")
                .description("Times that requests were taken again because their answers could not be committed")
                .register(registry);
        for (Lane lane : Lane.values()) {
            AtomicLong lag = new AtomicLong();
            lags.put(lane, lag);
            Gauge.builder("karyoflow.explain.queue.lag", lag, AtomicLong::get)
                    .description("Requests that wait in this instance's partitions for the methods of this lane")
                    .tag("lane", lane.id())
                    .register(registry);
        }
    }

    /** Its attribution is committed. */
    void explained(Attribution attribution, Instant requestedAt) {
        Timer.builder("karyoflow.explain.compute")
                .description("The method's own time for one image; its count is the number of attributions")
                .tag("method", attribution.method())
                .register(registry)
                .record(Duration.ofNanos(Math.round(attribution.computeMillis() * 1e6)));
        Timer.builder("karyoflow.explain.request.latency")
                .description("From the request's timestamp in its topic to its attribution, the queue included")
                .tag("method", attribution.method())
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(registry)
                .record(Duration.between(requestedAt, attribution.explainedAt()));
    }

    /** A record became a dead letter. */
    void refused() {
        deadLetters.increment();
    }

    /** What the loop of that lane tells of itself. */
    ServingWatch watching(Lane lane) {
        AtomicLong lag = lags.get(lane);
        return new ServingWatch() {
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
        };
    }
}
