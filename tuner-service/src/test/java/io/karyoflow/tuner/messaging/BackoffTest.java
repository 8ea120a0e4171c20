package io.karyoflow.tuner.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.database.StoreUnavailableException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff();
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void repeatsWhatPasses() {
        backoff.untilAvailable(() -> {
            if (calls.incrementAndGet() < 3) {
                throw new StoreUnavailableException("away", null);
            }
        });
        assertThat(calls).hasValue(3);
    }

    @Test
    void doesNotRepeatWhatWillNeverSucceed() {
        assertThatThrownBy(() -> backoff.untilAvailable(() -> {
                    calls.incrementAndGet();
                    throw new IllegalArgumentException("no");
                }))
                .hasMessage("no");
        assertThat(calls).hasValue(1);
    }

    @Test
    void givesUpWhenTheServiceStops() {
        backoff.atShutdown(null);
        assertThatThrownBy(() -> backoff.untilAvailable(() -> {
                    throw new StoreUnavailableException("away", null);
                }))
                .isInstanceOf(Backoff.ShuttingDownException.class);
    }
}
