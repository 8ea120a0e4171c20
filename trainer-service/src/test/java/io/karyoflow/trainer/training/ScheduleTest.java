package io.karyoflow.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void cosineFallsFromStartThroughHalf() {
        CosineSchedule schedule = new CosineSchedule(0.1, 100);

        assertThat(schedule.rate(0)).isEqualTo(0.1);
        assertThat(schedule.rate(50)).isEqualTo(0.05, within(1e-12));
        assertThat(schedule.rate(99)).isBetween(0.0, 1e-4);
    }

    @Test
    void adamsFirstStepIsCorrectedMost() {
        // t = 1: sqrt(1 - 0.999) / (1 - 0.9) = 0.0316228 / 0.1
        assertThat(AdamW.stepSize(1, 1)).isEqualTo(0.316228, within(1e-6));
        assertThat(AdamW.stepSize(1, 100_000)).isEqualTo(1, within(1e-9));
    }
}
