package io.karyoflow.tuner.study;

import static io.karyoflow.tuner.study.PlayedStudy.PLAN_TRIALS;
import static io.karyoflow.tuner.study.PlayedStudy.running;
import static io.karyoflow.tuner.study.TestStudy.NOW;
import static io.karyoflow.tuner.study.TestStudy.specification;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.tuner.study.Decision.FailTrial;
import io.karyoflow.tuner.study.Decision.FinishStudy;
import io.karyoflow.tuner.study.Decision.RetryTrial;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What planning makes of workers that show no more sign of life. */
class LostWorkersTest {
    @Test
    void aWorkerMayBeSilentForAWhile() {
        PlayedStudy study = running(specification(1, 1, 3));
        study.silentFor(Duration.ofSeconds(119), 1);
        assertThat(study.happens(new StudyEvent.TimePassed())).isEmpty();
    }

    @Test
    void aLongQueueIsNoLoss() {
        PlayedStudy study = new PlayedStudy(specification(1, 1, 3));
        study.happens(new StudyEvent.StudyCreated());
        assertThat(PLAN_TRIALS.plan(study.progress(), new StudyEvent.TimePassed(), NOW.plus(Duration.ofDays(7))))
                .isEmpty();
    }

    @Test
    void atTheThirdLossTheTrialHasFailed() {
        PlayedStudy study = running(specification(1, 1, 3));
        for (int attempt = 2; attempt <= 3; attempt++) {
            study.silentFor(Duration.ofMinutes(3), 1);
            assertThat(study.happens(new StudyEvent.TimePassed())).containsExactly(new RetryTrial("s1-001", attempt));
        }
        study.silentFor(Duration.ofMinutes(3), 1);
        assertThat(study.happens(new StudyEvent.TimePassed()))
                .satisfiesExactly(
                        decision -> assertThat(((FailTrial) decision).reason())
                                .startsWith("its worker vanished three times"),
                        decision -> assertThat(decision).isInstanceOf(FinishStudy.class));
    }

    @Test
    void aTrialThatGetsOnIsTriedAgainHoweverOftenItsWorkerVanishes() {
        PlayedStudy study = running(specification(1, 1, 3));
        for (int attempt = 2; attempt <= 6; attempt++) {
            study.leavesACheckpoint(1);
            study.silentFor(Duration.ofMinutes(3), 1);
            assertThat(study.happens(new StudyEvent.TimePassed())).containsExactly(new RetryTrial("s1-001", attempt));
        }
        // from here on it gets no further
        for (int attempt = 7; attempt <= 8; attempt++) {
            study.silentFor(Duration.ofMinutes(3), 1);
            assertThat(study.happens(new StudyEvent.TimePassed())).containsExactly(new RetryTrial("s1-001", attempt));
        }
        study.silentFor(Duration.ofMinutes(3), 1);
        assertThat(study.happens(new StudyEvent.TimePassed()))
                .first()
                .isInstanceOfSatisfying(FailTrial.class, failed -> assertThat(failed.reason())
                        .startsWith("its worker vanished three times without getting any further"));
    }
}
