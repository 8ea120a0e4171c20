package io.karyoflow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PassTest {

    @Test
    void givesTheBatchesInTheirOrderAndEnds() {
        try (Pass<Batch> pass = new Pass<>(PassTest::batch, 3, 6)) {
            assertThat(pass.next().labels()).containsExactly(3);
            assertThat(pass.next().labels()).containsExactly(4);
            assertThat(pass.next().labels()).containsExactly(5);
            assertThat(pass.hasNext()).isFalse();
            assertThatThrownBy(pass::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void aPassFromTheEndIsEmpty() {
        try (Pass<Batch> pass = new Pass<>(PassTest::batch, 6, 6)) {
            assertThat(pass.hasNext()).isFalse();
        }
    }

    @Test
    void preparesTwoBatchesAheadAndNoMore() {
        AtomicInteger prepared = new AtomicInteger();
        try (Pass<Batch> pass = new Pass<>(
                step -> {
                    prepared.incrementAndGet();
                    return batch(step);
                },
                0,
                100)) {
            pass.next();
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(prepared).hasValue(3));
            pass.next();
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(prepared).hasValue(4));
        }
    }

    @Test
    void whatFailsIsThrownWhereItsBatchIsAskedFor() {
        try (Pass<Batch> pass = new Pass<>(
                step -> {
                    if (step == 1) {
                        throw new UnusableDatasetException("broken");
                    }
                    if (step == 2) {
                        throw new OutOfMemoryError("full");
                    }
                    return batch(step);
                },
                0,
                3)) {
            pass.next();
            assertThatThrownBy(pass::next)
                    .isInstanceOf(UnusableDatasetException.class)
                    .hasMessage("broken");
            assertThatThrownBy(pass::next).isInstanceOf(OutOfMemoryError.class);
        }
    }

    @Test
    void closingInTheMiddleEndsTheThread() {
        AtomicReference<Thread> preparing = new AtomicReference<>();
        Pass<Batch> pass = new Pass(
                step -> {
                    preparing.set(Thread.currentThread());
                    return batch(step);
                },
                0,
                100);
        pass.next();

        pass.close();

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(preparing.get().isAlive()).isFalse());
    }

    @Test
    void aThreadThatIsInterruptedWaitsNoLonger() {
        CountDownLatch never = new CountDownLatch(1);
        try (Pass<Batch> pass = new Pass<>(
                step -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return batch(step);
                },
                0,
                1)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(pass::next).isInstanceOf(IllegalStateException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void countsTheTimeThatIsWaited() {
        CountDownLatch asked = new CountDownLatch(1);
        try (Pass<Batch> pass = new Pass<>(
                step -> {
                    try {
                        asked.await();
                        Thread.sleep(20);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return batch(step);
                },
                0,
                1)) {
            assertThat(pass.waited()).isZero();
            asked.countDown();
            pass.next();
            assertThat(pass.waited()).isPositive();
        }
    }

    private static Batch batch(int step) {
        return new Batch(1, 1, new byte[3], new int[] {step});
    }
}
