package io.karyoflow.trainer.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerConfigTest {

    @Test
    void threadsAreThoseAskedFor() {
        assertThat(config(2, OptionalInt.of(3)).threads()).isEqualTo(3);
    }

    @Test
    void withoutThemASlotHasAtLeastOne() {
        assertThat(config(1_000_000, OptionalInt.empty()).threads()).isEqualTo(1);
        assertThat(config(0, OptionalInt.empty()).threads()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void fewerThanOneAreRefused(int threads) {
        TrainerConfig config = config(1, OptionalInt.of(threads));

        assertThatThrownBy(config::threads)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("karyoflow.trainer.threads-per-slot is " + threads);
    }

    private static TrainerConfig config(int slots, OptionalInt threads) {
        return new TrainerConfig() {
            @Override
            public int slots() {
                return slots;
            }

            @Override
            public OptionalInt threadsPerSlot() {
                return threads;
            }

            @Override
            public Optional<String> name() {
                return Optional.empty();
            }

            @Override
            public Duration heartbeat() {
                return Duration.ofSeconds(10);
            }

            @Override
            public Duration retryPause() {
                return Duration.ofMillis(500);
            }
        };
    }
}
