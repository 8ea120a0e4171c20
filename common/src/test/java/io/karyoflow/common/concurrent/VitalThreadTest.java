package io.karyoflow.common.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VitalThreadTest {
    private final AtomicInteger exits = new AtomicInteger();

    @Test
    void theProcessEndsWithAThreadThatAnErrorEnds() throws InterruptedException {
        run(() -> {
            throw new OutOfMemoryError("of the device");
        });

        assertThat(exits).hasValue(1);
    }

    @Test
    void theProcessOutlivesAThreadThatHasDoneItsWork() throws InterruptedException {
        run(() -> {});

        assertThat(exits).hasValue(0);
    }

    private void run(Runnable loop) throws InterruptedException {
        Thread thread = VitalThread.of(loop, "vital", exits::incrementAndGet);
        thread.start();
        thread.join();
    }
}
