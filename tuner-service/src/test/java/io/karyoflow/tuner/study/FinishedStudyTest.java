package io.karyoflow.tuner.study;

import static io.karyoflow.tuner.study.PlayedStudy.completed;
import static io.karyoflow.tuner.study.PlayedStudy.running;
import static io.karyoflow.tuner.study.TestStudy.NOW;
import static io.karyoflow.tuner.study.TestStudy.repeats;
import static io.karyoflow.tuner.study.TestStudy.specification;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.TrialEvent;
import io.karyoflow.tuner.study.Decision.CompleteTrial;
import io.karyoflow.tuner.study.Decision.FailTrial;
import io.karyoflow.tuner.study.Decision.FinishStudy;
import io.karyoflow.tuner.study.Decision.ProposeTrial;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How planning ends a study, and which trial it calls the best. */
class FinishedStudyTest {
    @Test
    void theBestIsTheOneWithTheBestLastEpoch() {
        PlayedStudy study = running(specification(2, 2, 3));
        study.epoch(1, 1, 0.99);
        study.epoch(1, 2, 0.5);
        study.epoch(2, 1, 0.2);
        study.epoch(2, 2, 0.6);
        study.says(completed(1));
        assertThat(study.says(completed(2)))
                .containsExactly(
                        new CompleteTrial("s1-002", "model-2"),
                        new FinishStudy(StudyState.COMPLETED, "s1-002", "model-2"));
    }

    @Test
    void ofEqualTrialsTheEarlierIsBest() {
        PlayedStudy study = running(specification(2, 2, 3));
        study.epoch(1, 1, 0.5);
        study.epoch(2, 1, 0.5);
        study.says(completed(2));
        assertThat(study.says(completed(1)))
                .last()
                .isEqualTo(new FinishStudy(StudyState.COMPLETED, "s1-001", "model-1"));
    }

    @Test
    void aFailureIsFinalAndTheStudyGoesOn() {
        PlayedStudy study = running(specification(2, 1, 3));
        assertThat(study.says(new TrialEvent.Failed("s1", "s1-001", 1, NOW, "the loss is not a number")))
                .hasExactlyElementsOfTypes(FailTrial.class, ProposeTrial.class);
        study.started(2);
        study.epoch(2, 1, 0.5);
        assertThat(study.says(completed(2)))
                .last()
                .isEqualTo(new FinishStudy(StudyState.COMPLETED, "s1-002", "model-2"));
    }

    @Test
    void ofRepeatsNoneIsTheBestAndNoneIsPromoted() {
        PlayedStudy study = running(repeats(List.of(0, 1), List.of(1L)));
        study.epoch(1, 1, 0.9);
        study.says(completed(1));
        assertThat(study.says(new TrialEvent.Failed("s1", "s1-002", 1, NOW, "the loss is not a number")))
                .last()
                .isEqualTo(new FinishStudy(StudyState.COMPLETED, null, null));
    }

    @Test
    void aStudyWithoutACompletedTrialHasFailed() {
        PlayedStudy study = running(specification(1, 1, 3));
        assertThat(study.says(new TrialEvent.Failed("s1", "s1-001", 1, NOW, "the loss is not a number")))
                .last()
                .isEqualTo(new FinishStudy(StudyState.FAILED, null, null));
    }
}
