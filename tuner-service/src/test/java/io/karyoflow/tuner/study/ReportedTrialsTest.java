package io.karyoflow.tuner.study;

import static io.karyoflow.tuner.study.PlayedStudy.completed;
import static io.karyoflow.tuner.study.PlayedStudy.running;
import static io.karyoflow.tuner.study.TestStudy.NOW;
import static io.karyoflow.tuner.study.TestStudy.quality;
import static io.karyoflow.tuner.study.TestStudy.specification;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.message.TrialEvent;
import io.karyoflow.tuner.study.Decision.CompleteTrial;
import io.karyoflow.tuner.study.Decision.FinishStudy;
import io.karyoflow.tuner.study.Decision.RetryTrial;
import io.karyoflow.tuner.study.Decision.StartTrial;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which of the trainers' reports planning believes. */
class ReportedTrialsTest {
    @Test
    void whatIsSaidTwiceOrTooLateChangesNothing() {
        PlayedStudy study = running(specification(2, 1, 3));
        study.says(completed(1));
        assertThat(study.says(completed(1))).isEmpty();
        assertThat(study.says(new TrialEvent.Failed("s1", "s1-001", 1, NOW, "late")))
                .isEmpty();
        assertThat(study.says(new TrialEvent.Started("s1", "s1-001", 1, NOW, "w", "CPU")))
                .isEmpty();
    }

    @Test
    void anOvertakenAttemptIsIgnoredAndAnUnheardOneRefused() {
        PlayedStudy study = running(specification(1, 1, 3));
        study.silentFor(Duration.ofMinutes(3), 1);
        assertThat(study.happens(new StudyEvent.TimePassed())).containsExactly(new RetryTrial("s1-001", 2));
        assertThat(study.says(completed(1))).isEmpty();
        assertThat(study.says(new TrialEvent.Completed("s1", "s1-001", 2, NOW, 3, quality(0.5), "model-1")))
                .hasExactlyElementsOfTypes(CompleteTrial.class, FinishStudy.class);
        PlayedStudy other = running(specification(1, 1, 3));
        assertThatThrownBy(() -> other.says(new TrialEvent.Started("s1", "s1-001", 7, NOW, "w", "CPU")))
                .isInstanceOf(UnusableReportException.class)
                .hasMessageContaining("attempt 7");
    }

    @Test
    void anEpochAlsoSaysThatTheTrialRuns() {
        PlayedStudy study = new PlayedStudy(specification(1, 1, 3));
        study.happens(new StudyEvent.StudyCreated());
        assertThat(study.epoch(1, 1, 0.5)).containsExactly(new StartTrial("s1-001"));
    }
}
