package io.karyoflow.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.common.message.Schedule;
import org.junit.jupiter.api.Test;

class RateScheduleTest {

    @Test
    void cosineFallsFromTheHighestThroughHalf() {
        RateSchedule schedule = new RateSchedule(Schedule.COSINE, 0.1, 0, 100);

        assertThat(schedule.rate(0)).isEqualTo(0.1);
        assertThat(schedule.rate(50)).isEqualTo(0.05, within(1e-12));
        assertThat(schedule.rate(99)).isBetween(0.0, 1e-4);
    }

    @Test
    void warmUpRisesInAStraightLineAndTheCourseFollows() {
        RateSchedule schedule = new RateSchedule(Schedule.COSINE, 0.1, 0.2, 100);

        assertThat(schedule.rate(0)).isEqualTo(0.1 / 21, within(1e-12));
        assertThat(schedule.rate(9)).isEqualTo(0.1 * 10 / 21, within(1e-12));
        assertThat(schedule.rate(20)).isEqualTo(0.1, within(1e-12));
        assertThat(schedule.rate(60)).isEqualTo(0.05, within(1e-12));
    }

    @Test
    void stepFallsToATenthTwice() {
        RateSchedule schedule = new RateSchedule(Schedule.STEP, 0.1, 0, 100);

        assertThat(schedule.rate(49)).isEqualTo(0.1);
        assertThat(schedule.rate(50)).isEqualTo(0.01, within(1e-12));
        assertThat(schedule.rate(75)).isEqualTo(0.001, within(1e-12));
    }

    @Test
    void stepCountsFromTheEndOfTheWarmUp() {
        RateSchedule schedule = new RateSchedule(Schedule.STEP, 0.1, 0.2, 100);

        assertThat(schedule.rate(59)).isEqualTo(0.1);
        assertThat(schedule.rate(60)).isEqualTo(0.01, within(1e-12));
        assertThat(schedule.rate(80)).isEqualTo(0.001, within(1e-12));
    }

    @Test
    void constantStays() {
        assertThat(new RateSchedule(Schedule.CONSTANT, 0.1, 0, 100).rate(99)).isEqualTo(0.1);
    }

    /** The figures are those of PyTorch's OneCycleLR for max_lr 0.1 and 100 steps. */
    @Test
    void oneCycleRisesForThreeTenthsAndFallsToAlmostNothing() {
        RateSchedule schedule = new RateSchedule(Schedule.ONE_CYCLE, 0.1, 0, 100);

        assertThat(schedule.rate(0)).isEqualTo(0.004, within(1e-12));
        assertThat(schedule.rate(29)).isEqualTo(0.1, within(1e-12));
        assertThat(schedule.rate(64)).isEqualTo(0.05, within(1e-5));
        assertThat(schedule.rate(99)).isEqualTo(4e-7, within(1e-12));
    }

    @Test
    void trialsOfOneStepHaveARate() {
        for (Schedule schedule : Schedule.values()) {
            assertThat(new RateSchedule(schedule, 0.1, 0.5, 1).rate(0)).isBetween(1e-9, 0.1);
        }
    }
}
