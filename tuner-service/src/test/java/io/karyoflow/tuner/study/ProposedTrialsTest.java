package io.karyoflow.tuner.study;

import static io.karyoflow.tuner.study.PlayedStudy.PLAN_TRIALS;
import static io.karyoflow.tuner.study.PlayedStudy.completed;
import static io.karyoflow.tuner.study.PlayedStudy.running;
import static io.karyoflow.tuner.study.TestStudy.NOW;
import static io.karyoflow.tuner.study.TestStudy.fresh;
import static io.karyoflow.tuner.study.TestStudy.repeats;
import static io.karyoflow.tuner.study.TestStudy.specification;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.TrialEvent;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.tuner.scheduler.RunToTheEnd;
import io.karyoflow.tuner.search.FinishedTrial;
import io.karyoflow.tuner.search.GridSearch;
import io.karyoflow.tuner.search.SearchAlgorithm;
import io.karyoflow.tuner.space.SearchSpace;
import io.karyoflow.tuner.study.Decision.CompleteTrial;
import io.karyoflow.tuner.study.Decision.ProposeTrial;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What planning starts while a study has places. */
class ProposedTrialsTest {
    @Test
    void aNewStudyFillsItsPlaces() {
        PlayedStudy study = new PlayedStudy(specification(5, 2, 10));
        List<Decision> decisions = study.happens(new StudyEvent.StudyCreated());
        assertThat(decisions).hasSize(2).allMatch(ProposeTrial.class::isInstance);
        ProposeTrial second = (ProposeTrial) decisions.get(1);
        assertThat(second.request().trialId()).isEqualTo("s1-002");
        assertThat(second.request().attempt()).isEqualTo(1);
        assertThat(second.request().epochs()).isEqualTo(10);
        assertThat(second.request().dataset()).isEqualTo(study.progress().dataset());
    }

    @Test
    void planningAgainAfterACrashProposesTheSame() {
        StudyProgress before = fresh(specification(5, 2, 10));
        assertThat(PLAN_TRIALS.plan(before, new StudyEvent.StudyCreated(), NOW))
                .isEqualTo(PLAN_TRIALS.plan(before, new StudyEvent.TimePassed(), NOW.plusSeconds(60)));
    }

    @Test
    void theEndOfATrialMakesPlaceForTheNext() {
        PlayedStudy study = running(specification(5, 2, 10));
        assertThat(study.says(completed(1))).first().isEqualTo(new CompleteTrial("s1-001", "model-1"));
        assertThat(study.progress().trials()).hasSize(3);
        assertThat(study.progress().active()).isEqualTo(2);
    }

    @Test
    void aGridEndsWhenItsCombinationsAreUsedUp() {
        PlayedStudy study = running(specification(100, 50, 10, new GridSearch(3), new RunToTheEnd()));
        assertThat(study.progress().trials()).hasSize(3);
    }

    @Test
    void repeatsGoThroughAllFoldsOfASeedBeforeTheNext() {
        PlayedStudy study = new PlayedStudy(repeats(List.of(1, 3), List.of(7L, 5L)));
        List<TrialRequested> requests = study.happens(new StudyEvent.StudyCreated()).stream()
                .map(decision -> ((ProposeTrial) decision).request())
                .toList();
        assertThat(requests)
                .extracting(TrialRequested::trialId, TrialRequested::validationFold, TrialRequested::seed)
                .containsExactly(
                        tuple("s1-001", 1, 7L), tuple("s1-002", 3, 7L), tuple("s1-003", 1, 5L), tuple("s1-004", 3, 5L));
        assertThat(requests)
                .extracting(TrialRequested::hyperparameters)
                .containsOnly(Hyperparameters.of(Map.of("width", 8)));
    }

    @Test
    void aSearchIsToldWhichTrialsCameToTheirOwnEnd() {
        KeepsWhatItIsTold search = new KeepsWhatItIsTold();
        PlayedStudy study = running(specification(5, 2, 10, search, new RunToTheEnd()));
        study.epoch(1, 3, 0.9);
        study.says(completed(1)); // before its budget, because its loss no longer fell
        study.epoch(2, 3, 0.8);
        study.says(new TrialEvent.Stopped("s1", "s1-002", 1, NOW, 3));
        assertThat(search.finished)
                .extracting(FinishedTrial::number, FinishedTrial::score, FinishedTrial::completed)
                .containsExactly(tuple(1, 0.9, true), tuple(2, 0.8, false));
    }

    private static final class KeepsWhatItIsTold implements SearchAlgorithm {
        private List<FinishedTrial> finished = List.of();

        @Override
        public Map<String, Object> propose(SearchSpace space, long seed, int number, List<FinishedTrial> finished) {
            this.finished = finished;
            return Map.of();
        }

        @Override
        public String summary() {
            return "";
        }
    }
}
