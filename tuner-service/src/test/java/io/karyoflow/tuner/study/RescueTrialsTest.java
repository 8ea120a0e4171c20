package io.karyoflow.tuner.study;

import static io.karyoflow.tuner.study.TestStudy.NOW;
import static io.karyoflow.tuner.study.TestStudy.fresh;
import static io.karyoflow.tuner.study.TestStudy.specification;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.database.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RescueTrialsTest {
    private static final TrialLimits LIMITS = new TrialLimits(Duration.ofMinutes(2), 3, Duration.ofHours(6));

    private final Silent studies = new Silent();
    private final RescueTrials rescueTrials =
            new RescueTrials(studies, studies, new PlanTrials(LIMITS), LIMITS, () -> studies.now);

    @Test
    void aStudyThatCannotBePlannedDoesNotKeepTheOthersWaiting() {
        studies.broken = Map.of("s2", new IllegalStateException("its data set is gone"));

        rescueTrials.rescue();

        assertThat(studies.replanned).containsExactly("s1", "s3");
    }

    @Test
    void anOutageEndsTheRound() {
        studies.broken = Map.of("s2", new StoreUnavailableException("away", null));

        assertThatThrownBy(rescueTrials::rescue).isInstanceOf(StoreUnavailableException.class);
        assertThat(studies.replanned).containsExactly("s1");
    }

    @Test
    void afterAnOutageWorkersHaveTimeToShowLife() {
        studies.outageUntil = NOW.plus(Duration.ofMinutes(5));
        studies.looksEvery(Duration.ofSeconds(10), Duration.ofMinutes(7).minusSeconds(10), rescueTrials);
        assertThat(studies.replanned).isEmpty();

        studies.looksEvery(Duration.ofSeconds(10), Duration.ofSeconds(10), rescueTrials);
        assertThat(studies.replanned).containsExactly("s1", "s2", "s3");
    }

    @Test
    void anOutageOfAMomentChangesNothing() {
        studies.outageUntil = NOW.plus(Duration.ofSeconds(30));
        studies.looksEvery(Duration.ofSeconds(10), Duration.ofSeconds(30), rescueTrials);

        assertThat(studies.replanned).containsExactly("s1", "s2", "s3");
    }

    @Test
    void theSilenceOfAMachineThatSleptIsNoLoss() {
        studies.now = NOW.plus(Duration.ofHours(8));
        rescueTrials.rescue();

        assertThat(studies.replanned).isEmpty();
    }

    @Test
    void aStoreThatIsOnlyReadHearsNoWorker() {
        studies.broken = Map.of("s1", new StoreUnavailableException("no space left on device", null));
        assertThatThrownBy(rescueTrials::rescue).isInstanceOf(StoreUnavailableException.class);

        studies.broken = Map.of();
        studies.looksEvery(Duration.ofSeconds(10), Duration.ofSeconds(110), rescueTrials);
        assertThat(studies.replanned).isEmpty();

        studies.looksEvery(Duration.ofSeconds(10), Duration.ofSeconds(10), rescueTrials);
        assertThat(studies.replanned).containsExactly("s1", "s2", "s3");
    }

    @Test
    void requestsThatNobodyTakesAreSentOnceMore() {
        rescueTrials.rescue();

        assertThat(studies.sentAgainAfter).isEqualTo(Duration.ofHours(6));
    }

    /** Three studies with workers that have been silent for too long. */
    private static final class Silent implements ReplanStudy, NeglectedTrials {
        private final List<String> replanned = new ArrayList<>();
        private Map<String, RuntimeException> broken = Map.of();
        private Duration sentAgainAfter;
        private Instant now = NOW;
        private Instant outageUntil = NOW;

        void looksEvery(Duration interval, Duration howLong, RescueTrials rescueTrials) {
            Instant end = now.plus(howLong);
            while (now.isBefore(end)) {
                now = now.plus(interval);
                try {
                    rescueTrials.rescue();
                } catch (StoreUnavailableException e) {
                    assertThat(now).isBefore(outageUntil);
                }
            }
        }

        @Override
        public void replan(String studyId, Planning planning) {
            if (broken.containsKey(studyId)) {
                throw broken.get(studyId);
            }
            planning.plan(fresh(specification(1, 1, 1)), NOW);
            replanned.add(studyId);
        }

        @Override
        public List<String> withSilentWorkers(Duration silence) {
            if (now.isBefore(outageUntil)) {
                throw new StoreUnavailableException("away", null);
            }
            return List.of("s1", "s2", "s3");
        }

        @Override
        public void sendUntakenAgain(Duration patience) {
            sentAgainAfter = patience;
        }
    }
}
