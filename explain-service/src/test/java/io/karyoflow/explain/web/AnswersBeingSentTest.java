package io.karyoflow.explain.web;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AnswersBeingSentTest {
    private final AnswersBeingSent answers = new AnswersBeingSent(100);

    @Test
    void whatIsNotReadLeavesNoRoomForMore() {
        answers.add(60);
        answers.add(40);

        assertThatThrownBy(() -> answers.add(1))
                .isInstanceOf(NotNowException.class)
                .hasMessageContaining("send it again later");

        answers.remove(60);
        answers.add(60);
    }

    @Test
    void oneThatIsLargerThanAllMayBeIsSentAlone() {
        answers.add(1000);
        assertThatThrownBy(() -> answers.add(1)).isInstanceOf(NotNowException.class);

        answers.remove(1000);
        answers.add(1);
        assertThatThrownBy(() -> answers.add(1000)).isInstanceOf(NotNowException.class);
    }
}
