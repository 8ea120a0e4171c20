package io.karyoflow.tuner.study;

import static io.karyoflow.tuner.study.PlayedStudy.running;
import static io.karyoflow.tuner.study.TestStudy.specification;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.tuner.scheduler.AsynchronousSuccessiveHalving;
import io.karyoflow.tuner.search.RandomSearch;
import io.karyoflow.tuner.study.Decision.PassTrial;
import io.karyoflow.tuner.study.Decision.StopTrial;
import org.junit.jupiter.api.Test;

/** Which trials planning lets go on after a rung. */
class JudgedTrialsTest {
    @Test
    void ashaStopsTheWeakOnceAndNeverAtTheLastEpoch() {
        PlayedStudy study =
                running(specification(3, 3, 9, new RandomSearch(), new AsynchronousSuccessiveHalving(1, 3)));
        assertThat(study.epoch(1, 1, 0.8)).containsExactly(new PassTrial("s1-001", 1));
        assertThat(study.epoch(2, 1, 0.4)).hasExactlyElementsOfTypes(StopTrial.class);
        assertThat(study.epoch(2, 1, 0.4)).as("said twice").isEmpty();
        assertThat(study.epoch(3, 1, 0.9)).containsExactly(new PassTrial("s1-003", 1));
        study.epoch(1, 9, 0.8);
        assertThat(study.epoch(3, 9, 0.1)).isEmpty();
    }

    @Test
    void whoHasPassedARungStaysPassedWhenItsEpochIsSaidAgain() {
        PlayedStudy study =
                running(specification(3, 3, 9, new RandomSearch(), new AsynchronousSuccessiveHalving(1, 3)));
        assertThat(study.epoch(1, 1, 0.5)).containsExactly(new PassTrial("s1-001", 1));
        study.epoch(2, 1, 0.9);
        study.epoch(3, 1, 0.8);
        assertThat(study.epoch(1, 1, 0.5)).as("trained again from a checkpoint").isEmpty();
        assertThat(study.epoch(1, 3, 0.6)).containsExactly(new PassTrial("s1-001", 3));
        assertThat(study.epoch(1, 1, 0.5)).as("an event from long ago").isEmpty();
    }

    @Test
    void theHistoryIsReadOnlyWhereADecisionNeedsIt() {
        PlayedStudy study =
                running(specification(3, 3, 9, new RandomSearch(), new AsynchronousSuccessiveHalving(2, 3)));
        int before = study.historyReads();
        study.epoch(1, 1, 0.5);
        study.started(2);
        assertThat(study.historyReads()).isEqualTo(before);
        study.epoch(1, 2, 0.5);
        assertThat(study.historyReads()).as("at a rung").isEqualTo(before + 1);
    }
}
