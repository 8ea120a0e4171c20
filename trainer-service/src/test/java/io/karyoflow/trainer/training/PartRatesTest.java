package io.karyoflow.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.Trainable;
import org.junit.jupiter.api.Test;

class PartRatesTest {

    @Test
    void allPartsLearnAlikeUnlessToldOtherwise() {
        assertThat(new PartRates(Trainable.ALL, 1, 100).at(0, 0.1, 3)).containsExactly(0.1, 0.1, 0.1);
        assertThat(new PartRates(Trainable.ALL, 0.5, 100).at(99, 0.1, 3)).containsExactly(0.025, 0.05, 0.1);
    }

    @Test
    void headLearnsAlone() {
        assertThat(new PartRates(Trainable.HEAD, 0.5, 100).at(99, 0.1, 3)).containsExactly(0, 0, 0.1);
    }

    @Test
    void stagesThawFromTheHeadThroughTheFirstHalf() {
        PartRates rates = new PartRates(Trainable.STAGED, 0.5, 60);

        assertThat(rates.at(0, 0.1, 3)).containsExactly(0, 0, 0.1);
        assertThat(rates.at(9, 0.1, 3)).containsExactly(0, 0, 0.1);
        assertThat(rates.at(10, 0.1, 3)).containsExactly(0, 0.05, 0.1);
        assertThat(rates.at(19, 0.1, 3)).containsExactly(0, 0.05, 0.1);
        assertThat(rates.at(20, 0.1, 3)).containsExactly(0.025, 0.05, 0.1);
        assertThat(rates.at(59, 0.1, 3)).containsExactly(0.025, 0.05, 0.1);
    }
}
