package io.karyoflow.explain.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.explain.explanation.Lane;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns(new WebConfiguration() {
        @Override
        public int atOnce() {
            return 1;
        }

        @Override
        public Duration patience() {
            return Duration.ZERO;
        }

        @Override
        public int maxImageBytes() {
            return 1;
        }
    });

    @Test
    void noMoreThanAllowedWorkAtOnce() {
        assertThatThrownBy(() -> turns.await(Lane.SLOW, () -> turns.await(Lane.SLOW, () -> "second")))
                .isInstanceOf(NotNowException.class)
                .hasMessageContaining("send it again later");
    }

    @Test
    void theSlowDoNotHoldUpTheQuick() {
        assertThat(turns.<String>await(Lane.SLOW, () -> turns.await(Lane.QUICK, () -> "quick")))
                .isEqualTo("quick");
    }

    @Test
    void whoFailsLetsTheNextOneIn() {
        assertThatThrownBy(() -> turns.await(Lane.QUICK, () -> {
                    throw new IllegalStateException("the model failed");
                }))
                .hasMessage("the model failed");

        assertThat(turns.<String>await(Lane.QUICK, () -> "next")).isEqualTo("next");
    }
}
