package io.karyoflow.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ServeRequestsTest {
    @Test
    void aProducerThatCannotBeOpenedLeavesNoConsumerOpen() throws InterruptedException {
        ExactlyOnceClients clients = new ExactlyOnceClients(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1"),
                "group",
                "transactions",
                Map.of(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, Opened.class.getName()),
                Map.of(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none that there is"));
        Retries retries = new Retries(3);
        ServeRequests loop = new ServeRequests(
                "questions",
                clients,
                CompletableFuture.completedStage(null),
                requests -> {
                    throw new AssertionError("nothing can have come");
                },
                retries,
                new Pauses(Duration.ZERO, Duration.ZERO));
        Thread thread = new Thread(loop, "loop");
        thread.start();

        boolean retried = retries.awaited.await(1, TimeUnit.MINUTES);
        loop.stop();
        thread.join();

        assertThat(retried).isTrue();
        assertThat(Opened.EVER).hasValueGreaterThanOrEqualTo(3);
        assertThat(Opened.STILL).hasValue(0);
    }

    /** Counts consumers: each has one of these, and closes it when it is closed. */
    public static final class Opened implements ConsumerInterceptor<String, byte[]> {
        static final AtomicInteger EVER = new AtomicInteger();
        static final AtomicInteger STILL = new AtomicInteger();

        @Override
        public void configure(Map<String, ?> settings) {
            EVER.incrementAndGet();
            STILL.incrementAndGet();
        }

        @Override
        public ConsumerRecords<String, byte[]> onConsume(ConsumerRecords<String, byte[]> records) {
            return records;
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

        @Override
        public void close() {
            STILL.decrementAndGet();
        }
    }

    private static final class Retries implements ServingWatch {
        final CountDownLatch awaited;

        Retries(int count) {
            awaited = new CountDownLatch(count);
        }

        @Override
        public AutoCloseable opened(Consumer<String, byte[]> consumer) {
            return () -> {};
        }

        @Override
        public void lag(long requests) {}

        @Override
        public void expired(long requests) {}

        @Override
        public void retried() {
            awaited.countDown();
        }
    }
}
