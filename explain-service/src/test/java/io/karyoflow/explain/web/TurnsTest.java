package io.karyoflow.explain.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.explain.explanation.Lane;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns(new FewTurns(1, 1));

    @Test
    void noMoreThanAllowedWorkAtOnce() {
        assertThatThrownBy(() -> await(Lane.SLOW, () -> await(Lane.SLOW, () -> "second")))
                .isInstanceOf(NotNowException.class)
                .hasMessageContaining("send it again later");
    }

    @Test
    void theSlowDoNotHoldUpTheQuick() {
        String answer = await(Lane.SLOW, () -> await(Lane.QUICK, () -> "quick"));

        assertThat(answer).isEqualTo("quick");
    }

    @Test
    void whoFailsLetsTheNextOneIn() {
        assertThatThrownBy(() -> await(Lane.QUICK, () -> {
                    throw new IllegalStateException("the model failed");
                }))
                .hasMessage("the model failed");

        String answer = await(Lane.QUICK, () -> "next");
        assertThat(answer).isEqualTo("next");
    }

    @Test
    void noMoreThanAllowedWait() {
        Turns.Place first = turns.enter(Lane.SLOW);
        Turns.Place second = turns.enter(Lane.SLOW);

        assertThatThrownBy(() -> turns.enter(Lane.SLOW)).isInstanceOf(NotNowException.class);
        turns.enter(Lane.QUICK).close();

        first.close();
        turns.enter(Lane.SLOW).close();
        second.close();
    }

    private String await(Lane lane, Turns.Work<String, RuntimeException> work) {
        try (Turns.Place place = turns.enter(lane)) {
            return place.await(work);
        }
    }
}
