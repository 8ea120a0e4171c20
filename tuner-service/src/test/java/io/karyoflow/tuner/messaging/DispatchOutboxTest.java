package io.karyoflow.tuner.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karyoflow.tuner.study.Outbox;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DispatchOutboxTest {
    @Test
    void whatIsPlannedWhileKafkaIsAwayTakesNoMoreConnections() throws InterruptedException {
        SlowOutbox outbox = new SlowOutbox();
        DispatchOutbox dispatch = new DispatchOutbox(outbox, null);
        Thread first = new Thread(dispatch::dispatch);
        Thread second = new Thread(dispatch::dispatch);
        first.start();
        await().atMost(Duration.ofMinutes(1)).until(() -> outbox.calls.get() == 1);

        second.start();

        await().atMost(Duration.ofMinutes(1)).until(() -> second.getState() == Thread.State.BLOCKED);
        assertThat(outbox.calls).hasValue(1);
        outbox.kafkaIsBack.countDown();
        first.join();
        second.join();
        assertThat(outbox.calls).as("what was planned since is sent, too").hasValue(2);
    }

    private static final class SlowOutbox implements Outbox {
        private final AtomicInteger calls = new AtomicInteger();
        private final CountDownLatch kafkaIsBack = new CountDownLatch(1);

        @Override
        public void sendDue(Announcements announcements) {
            calls.incrementAndGet();
            try {
                kafkaIsBack.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void repeatPromotions() {}
    }
}
