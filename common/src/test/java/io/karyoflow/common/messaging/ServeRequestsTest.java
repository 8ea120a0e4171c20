package io.karyoflow.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServeRequestsTest {
    private final Logger log = Logger.getLogger(ServeRequests.class.getName());
    private final Logged logged = new Logged();

    @BeforeEach
    void listen() {
        log.addHandler(logged);
    }

    @AfterEach
    void listenNoMore() {
        log.removeHandler(logged);
    }

    @Test
    void aProducerThatCannotBeOpenedLeavesNoConsumerOpenAndTellsItsStackOnce() throws InterruptedException {
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
        assertThat(logged.errors).hasSizeGreaterThanOrEqualTo(3);
        assertThat(logged.errors).filteredOn(error -> error.getThrown() != null).hasSize(1);
    }

    /** What the loop says of failures. */
    private static final class Logged extends Handler {
        final List<LogRecord> errors = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord said) {
            if (said.getLevel().intValue() > Level.WARNING.intValue()) {
                errors.add(said);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
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
