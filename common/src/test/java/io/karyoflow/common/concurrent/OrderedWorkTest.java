package io.karyoflow.common.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderedWorkTest {
    private static final int THREADS = 3;

    private final WorkThreads threads = new WorkThreads("test", THREADS);

    @Test
    void resultsComeInOrderThoughTheFirstIsDoneLast() {
        CountDownLatch secondIsDone = new CountDownLatch(1);
        List<Integer> results = new ArrayList<>();
        OrderedWork<Integer, RuntimeException> work = new OrderedWork<>(threads, results::add);

        work.add(() -> {
            await(secondIsDone);
            return 0;
        });
        work.add(() -> {
            secondIsDone.countDown();
            return 1;
        });
        IntStream.range(2, 100).forEach(i -> work.add(() -> i));
        work.finish();

        assertThat(results).isEqualTo(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void allThreadsWork() {
        CyclicBarrier allAtWork = new CyclicBarrier(THREADS);
        OrderedWork<Integer, RuntimeException> work = new OrderedWork<>(threads, result -> {});

        for (int i = 0; i < 2 * THREADS; i++) {
            work.add(() -> await(allAtWork));
        }
        work.finish();

        assertThat(allAtWork.isBroken()).isFalse();
    }

    @Test
    void onlyAFewPiecesAreInHand() {
        AtomicInteger taken = new AtomicInteger();
        OrderedWork<Integer, RuntimeException> work = new OrderedWork<>(threads, result -> taken.incrementAndGet());

        for (int added = 1; added <= 50; added++) {
            work.add(() -> 0);
            assertThat(added - taken.get()).isLessThanOrEqualTo(2 * THREADS);
        }
    }

    @Test
    void whatWorkThrowsComesInItsTurnAndWhenNothingIsAtWorkAnyMore() {
        CountDownLatch lastIsAtWork = new CountDownLatch(1);
        AtomicBoolean lastEnded = new AtomicBoolean();
        List<Integer> results = new ArrayList<>();
        OrderedWork<Integer, RuntimeException> work = new OrderedWork<>(threads, results::add);

        work.add(() -> 1);
        work.add(() -> {
            await(lastIsAtWork);
            throw new IllegalArgumentException("no image");
        });
        work.add(() -> {
            lastIsAtWork.countDown();
            pause();
            lastEnded.set(true);
            return 3;
        });

        assertThatThrownBy(work::finish)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no image");
        assertThat(lastEnded).isTrue();
        work.finish();
        assertThat(results).containsExactly(1);
    }

    @Test
    void anErrorStaysOne() {
        OrderedWork<Integer, RuntimeException> work = new OrderedWork<>(threads, result -> {});

        work.add(() -> {
            throw new OutOfMemoryError("of the native library");
        });

        assertThatThrownBy(work::finish).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void whatIsThrownInTakingAResultComesThrough() {
        OrderedWork<Integer, IOException> work = new OrderedWork<>(threads, result -> {
            throw new IOException("disk full");
        });

        assertThatThrownBy(() -> {
                    work.add(() -> 1);
                    work.finish();
                })
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int await(CyclicBarrier barrier) {
        try {
            return barrier.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
