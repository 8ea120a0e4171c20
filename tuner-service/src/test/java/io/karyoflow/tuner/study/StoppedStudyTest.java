package io.karyoflow.tuner.study;

import static io.karyoflow.tuner.study.PlayedStudy.completed;
import static io.karyoflow.tuner.study.PlayedStudy.running;
import static io.karyoflow.tuner.study.TestStudy.NOW;
import static io.karyoflow.tuner.study.TestStudy.specification;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.TrialEvent;
import io.karyoflow.tuner.study.Decision.CloseTrial;
import io.karyoflow.tuner.study.Decision.FinishStudy;
import io.karyoflow.tuner.study.Decision.StopStudy;
import io.karyoflow.tuner.study.Decision.StopTrial;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What planning does with the trials of a study that somebody stops. */
class StoppedStudyTest {
    @Test
    void aStopAsksTheWorkersAndEndsWhatNoWorkerHas() {
        PlayedStudy study = running(specification(5, 2, 3));
        study.epoch(1, 1, 0.5);
        study.says(completed(1)); // now 2 runs and 3 is queued
        assertThat(study.happens(new StudyEvent.StopAsked("enough")))
                .containsExactly(
                        new StopStudy(), new StopTrial("s1-002", "enough"), new CloseTrial("s1-003", "enough"));
        assertThat(study.happens(new StudyEvent.StopAsked("really"))).isEmpty();
        assertThat(study.says(new TrialEvent.Stopped("s1", "s1-002", 1, NOW, 0)))
                .containsExactly(
                        new CloseTrial("s1-002", "enough"), new FinishStudy(StudyState.STOPPED, "s1-001", "model-1"));
    }

    @Test
    void aWorkerThatCompletesWhileBeingStoppedHasCompleted() {
        PlayedStudy study = running(specification(1, 1, 3));
        study.happens(new StudyEvent.StopAsked("enough"));
        study.epoch(1, 3, 0.5);
        assertThat(study.says(completed(1))).last().isEqualTo(new FinishStudy(StudyState.STOPPED, "s1-001", "model-1"));
        assertThat(study.progress().trial("s1-001").askedToStop()).isFalse();
    }

    @Test
    void aWorkerThatVanishesWhileBeingStoppedHasStopped() {
        PlayedStudy study = running(specification(1, 1, 3));
        study.happens(new StudyEvent.StopAsked("enough"));
        study.silentFor(Duration.ofMinutes(3), 1);
        assertThat(study.happens(new StudyEvent.TimePassed()))
                .containsExactly(new CloseTrial("s1-001", "enough"), new FinishStudy(StudyState.STOPPED, null, null));
    }
}
