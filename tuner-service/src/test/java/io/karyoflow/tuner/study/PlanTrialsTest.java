package io.karyoflow.tuner.study;

import static io.karyoflow.tuner.study.TestStudy.NOW;
import static io.karyoflow.tuner.study.TestStudy.fresh;
import static io.karyoflow.tuner.study.TestStudy.quality;
import static io.karyoflow.tuner.study.TestStudy.specification;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.TrialEvent;
import io.karyoflow.tuner.scheduler.AsynchronousSuccessiveHalving;
import io.karyoflow.tuner.scheduler.RunToTheEnd;
import io.karyoflow.tuner.search.GridSearch;
import io.karyoflow.tuner.search.RandomSearch;
import io.karyoflow.tuner.study.Decision.CloseTrial;
import io.karyoflow.tuner.study.Decision.CompleteTrial;
import io.karyoflow.tuner.study.Decision.FailTrial;
import io.karyoflow.tuner.study.Decision.FinishStudy;
import io.karyoflow.tuner.study.Decision.PassTrial;
import io.karyoflow.tuner.study.Decision.ProposeTrial;
import io.karyoflow.tuner.study.Decision.RetryTrial;
import io.karyoflow.tuner.study.Decision.StartTrial;
import io.karyoflow.tuner.study.Decision.StopStudy;
import io.karyoflow.tuner.study.Decision.StopTrial;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlanTrialsTest {
    private final PlanTrials planTrials =
            new PlanTrials(new TrialLimits(Duration.ofMinutes(2), 3, Duration.ofHours(6)));
    private final PlayedHistory history = new PlayedHistory();
    private StudyProgress progress;

    @Test
    void aNewStudyFillsItsPlaces() {
        progress = fresh(specification(5, 2, 10));
        List<Decision> decisions = happens(new StudyEvent.StudyCreated());
        assertThat(decisions).hasSize(2).allMatch(ProposeTrial.class::isInstance);
        ProposeTrial second = (ProposeTrial) decisions.get(1);
        assertThat(second.request().trialId()).isEqualTo("s1-002");
        assertThat(second.request().attempt()).isEqualTo(1);
        assertThat(second.request().epochs()).isEqualTo(10);
        assertThat(second.request().dataset()).isEqualTo(progress.dataset());
    }

    @Test
    void planningAgainAfterACrashProposesTheSame() {
        StudyProgress before = fresh(specification(5, 2, 10));
        assertThat(planTrials.plan(before, new StudyEvent.StudyCreated(), NOW))
                .isEqualTo(planTrials.plan(before, new StudyEvent.TimePassed(), NOW.plusSeconds(60)));
    }

    @Test
    void theEndOfATrialMakesPlaceForTheNext() {
        running(specification(5, 2, 10));
        assertThat(says(completed(1))).first().isEqualTo(new CompleteTrial("s1-001", "model-1"));
        assertThat(progress.trials()).hasSize(3);
        assertThat(progress.active()).isEqualTo(2);
    }

    @Test
    void aGridEndsWhenItsCombinationsAreUsedUp() {
        running(specification(100, 50, 10, new GridSearch(3), new RunToTheEnd()));
        assertThat(progress.trials()).hasSize(3);
    }

    @Test
    void theBestIsTheOneWithTheBestLastEpoch() {
        running(specification(2, 2, 3));
        epoch(1, 1, 0.99);
        epoch(1, 2, 0.5);
        epoch(2, 1, 0.2);
        epoch(2, 2, 0.6);
        says(completed(1));
        assertThat(says(completed(2)))
                .containsExactly(
                        new CompleteTrial("s1-002", "model-2"),
                        new FinishStudy(StudyState.COMPLETED, "s1-002", "model-2"));
    }

    @Test
    void ofEqualTrialsTheEarlierIsBest() {
        running(specification(2, 2, 3));
        epoch(1, 1, 0.5);
        epoch(2, 1, 0.5);
        says(completed(2));
        assertThat(says(completed(1))).last().isEqualTo(new FinishStudy(StudyState.COMPLETED, "s1-001", "model-1"));
    }

    @Test
    void aFailureIsFinalAndTheStudyGoesOn() {
        running(specification(2, 1, 3));
        assertThat(says(new TrialEvent.Failed("s1", "s1-001", 1, NOW, "the loss is not a number")))
                .hasExactlyElementsOfTypes(FailTrial.class, ProposeTrial.class);
        started(2);
        epoch(2, 1, 0.5);
        assertThat(says(completed(2))).last().isEqualTo(new FinishStudy(StudyState.COMPLETED, "s1-002", "model-2"));
    }

    @Test
    void aStudyWithoutACompletedTrialHasFailed() {
        running(specification(1, 1, 3));
        assertThat(says(new TrialEvent.Failed("s1", "s1-001", 1, NOW, "the loss is not a number")))
                .last()
                .isEqualTo(new FinishStudy(StudyState.FAILED, null, null));
    }

    @Test
    void whatIsSaidTwiceOrTooLateChangesNothing() {
        running(specification(2, 1, 3));
        says(completed(1));
        assertThat(says(completed(1))).isEmpty();
        assertThat(says(new TrialEvent.Failed("s1", "s1-001", 1, NOW, "late"))).isEmpty();
        assertThat(says(new TrialEvent.Started("s1", "s1-001", 1, NOW, "w", "CPU")))
                .isEmpty();
    }

    @Test
    void anOvertakenAttemptIsIgnoredAndAnUnheardOneRefused() {
        running(specification(1, 1, 3));
        silentFor(Duration.ofMinutes(3), 1);
        assertThat(happens(new StudyEvent.TimePassed())).containsExactly(new RetryTrial("s1-001", 2));
        assertThat(says(completed(1))).isEmpty();
        assertThat(says(new TrialEvent.Completed("s1", "s1-001", 2, NOW, 3, quality(0.5), "model-1")))
                .hasExactlyElementsOfTypes(CompleteTrial.class, FinishStudy.class);
        running(specification(1, 1, 3));
        assertThatThrownBy(() -> says(new TrialEvent.Started("s1", "s1-001", 7, NOW, "w", "CPU")))
                .isInstanceOf(UnusableReportException.class)
                .hasMessageContaining("attempt 7");
    }

    @Test
    void aWorkerMayBeSilentForAWhile() {
        running(specification(1, 1, 3));
        silentFor(Duration.ofSeconds(119), 1);
        assertThat(happens(new StudyEvent.TimePassed())).isEmpty();
    }

    @Test
    void aLongQueueIsNoLoss() {
        progress = fresh(specification(1, 1, 3));
        happens(new StudyEvent.StudyCreated());
        assertThat(planTrials.plan(progress, new StudyEvent.TimePassed(), NOW.plus(Duration.ofDays(7))))
                .isEmpty();
    }

    @Test
    void atTheThirdLossTheTrialHasFailed() {
        running(specification(1, 1, 3));
        for (int attempt = 2; attempt <= 3; attempt++) {
            silentFor(Duration.ofMinutes(3), 1);
            assertThat(happens(new StudyEvent.TimePassed())).containsExactly(new RetryTrial("s1-001", attempt));
        }
        silentFor(Duration.ofMinutes(3), 1);
        assertThat(happens(new StudyEvent.TimePassed()))
                .satisfiesExactly(
                        decision -> assertThat(((FailTrial) decision).reason())
                                .startsWith("its worker vanished three times"),
                        decision -> assertThat(decision).isInstanceOf(FinishStudy.class));
    }

    @Test
    void aTrialThatGetsOnIsTriedAgainHoweverOftenItsWorkerVanishes() {
        running(specification(1, 1, 3));
        for (int attempt = 2; attempt <= 6; attempt++) {
            leavesACheckpoint(1);
            silentFor(Duration.ofMinutes(3), 1);
            assertThat(happens(new StudyEvent.TimePassed())).containsExactly(new RetryTrial("s1-001", attempt));
        }
        // from here on it gets no further
        for (int attempt = 7; attempt <= 8; attempt++) {
            silentFor(Duration.ofMinutes(3), 1);
            assertThat(happens(new StudyEvent.TimePassed())).containsExactly(new RetryTrial("s1-001", attempt));
        }
        silentFor(Duration.ofMinutes(3), 1);
        assertThat(happens(new StudyEvent.TimePassed()))
                .first()
                .isInstanceOfSatisfying(FailTrial.class, failed -> assertThat(failed.reason())
                        .startsWith("its worker vanished three times without getting any further"));
    }

    @Test
    void aStopAsksTheWorkersAndEndsWhatNoWorkerHas() {
        running(specification(5, 2, 3));
        epoch(1, 1, 0.5);
        says(completed(1)); // now 2 runs and 3 is queued
        assertThat(happens(new StudyEvent.StopAsked("enough")))
                .containsExactly(
                        new StopStudy(), new StopTrial("s1-002", "enough"), new CloseTrial("s1-003", "enough"));
        assertThat(happens(new StudyEvent.StopAsked("really"))).isEmpty();
        assertThat(says(new TrialEvent.Stopped("s1", "s1-002", 1, NOW, 0)))
                .containsExactly(
                        new CloseTrial("s1-002", "enough"), new FinishStudy(StudyState.STOPPED, "s1-001", "model-1"));
    }

    @Test
    void aWorkerThatCompletesWhileBeingStoppedHasCompleted() {
        running(specification(1, 1, 3));
        happens(new StudyEvent.StopAsked("enough"));
        epoch(1, 3, 0.5);
        assertThat(says(completed(1))).last().isEqualTo(new FinishStudy(StudyState.STOPPED, "s1-001", "model-1"));
        assertThat(progress.trial("s1-001").askedToStop()).isFalse();
    }

    @Test
    void aWorkerThatVanishesWhileBeingStoppedHasStopped() {
        running(specification(1, 1, 3));
        happens(new StudyEvent.StopAsked("enough"));
        silentFor(Duration.ofMinutes(3), 1);
        assertThat(happens(new StudyEvent.TimePassed()))
                .containsExactly(new CloseTrial("s1-001", "enough"), new FinishStudy(StudyState.STOPPED, null, null));
    }

    @Test
    void ashaStopsTheWeakOnceAndNeverAtTheLastEpoch() {
        running(specification(3, 3, 9, new RandomSearch(), new AsynchronousSuccessiveHalving(1, 3)));
        assertThat(epoch(1, 1, 0.8)).containsExactly(new PassTrial("s1-001", 1));
        assertThat(epoch(2, 1, 0.4)).hasExactlyElementsOfTypes(StopTrial.class);
        assertThat(epoch(2, 1, 0.4)).as("said twice").isEmpty();
        assertThat(epoch(3, 1, 0.9)).containsExactly(new PassTrial("s1-003", 1));
        epoch(1, 9, 0.8);
        assertThat(epoch(3, 9, 0.1)).isEmpty();
    }

    @Test
    void whoHasPassedARungStaysPassedWhenItsEpochIsSaidAgain() {
        running(specification(3, 3, 9, new RandomSearch(), new AsynchronousSuccessiveHalving(1, 3)));
        assertThat(epoch(1, 1, 0.5)).containsExactly(new PassTrial("s1-001", 1));
        epoch(2, 1, 0.9);
        epoch(3, 1, 0.8);
        assertThat(epoch(1, 1, 0.5)).as("trained again from a checkpoint").isEmpty();
        assertThat(epoch(1, 3, 0.6)).containsExactly(new PassTrial("s1-001", 3));
        assertThat(epoch(1, 1, 0.5)).as("an event from long ago").isEmpty();
    }

    @Test
    void theHistoryIsReadOnlyWhereADecisionNeedsIt() {
        running(specification(3, 3, 9, new RandomSearch(), new AsynchronousSuccessiveHalving(2, 3)));
        int before = history.questions;
        epoch(1, 1, 0.5);
        started(2);
        assertThat(history.questions).isEqualTo(before);
        epoch(1, 2, 0.5);
        assertThat(history.questions).as("at a rung").isEqualTo(before + 1);
    }

    @Test
    void anEpochAlsoSaysThatTheTrialRuns() {
        progress = fresh(specification(1, 1, 3));
        happens(new StudyEvent.StudyCreated());
        assertThat(epoch(1, 1, 0.5)).containsExactly(new StartTrial("s1-001"));
    }

    /** A study whose first trials have all been started. */
    private void running(StudySpecification specification) {
        progress = fresh(specification, history);
        happens(new StudyEvent.StudyCreated());
        progress.trials().forEach(trial -> started(trial.number()));
    }

    private void started(int number) {
        says(new TrialEvent.Started("s1", id(number), 1, NOW, "worker", "CPU"));
        silentFor(Duration.ZERO, number);
    }

    private void silentFor(Duration silence, int number) {
        Instant last = NOW.minus(silence);
        progress = progress.with(
                id(number),
                trial -> new Trial(
                        trial.id(),
                        trial.number(),
                        trial.state(),
                        trial.attempt(),
                        trial.checkpointAttempt(),
                        trial.passedEpoch(),
                        last,
                        trial.stopReason(),
                        trial.modelId()));
    }

    private void leavesACheckpoint(int number) {
        progress = progress.with(
                id(number),
                trial -> new Trial(
                        trial.id(),
                        trial.number(),
                        trial.state(),
                        trial.attempt(),
                        trial.attempt(),
                        trial.passedEpoch(),
                        trial.lastSign(),
                        trial.stopReason(),
                        trial.modelId()));
    }

    private List<Decision> epoch(int number, int epoch, double quality) {
        history.record(id(number), epoch, quality(quality));
        return says(new TrialEvent.EpochCompleted(
                "s1", id(number), 1, NOW, epoch, quality(quality), quality(quality), 1e-3, 100));
    }

    private static TrialEvent completed(int number) {
        return new TrialEvent.Completed("s1", id(number), 1, NOW, 3, quality(0.5), "model-" + number);
    }

    private static String id(int number) {
        return "s1-00" + number;
    }

    private List<Decision> says(TrialEvent event) {
        return happens(new StudyEvent.TrialReported(event));
    }

    private List<Decision> happens(StudyEvent event) {
        List<Decision> decisions = planTrials.plan(progress, event, NOW);
        decisions.forEach(decision -> progress = decision.applyTo(progress));
        return decisions;
    }

    /** What the trials have recorded, and how often somebody asked for it. */
    private final class PlayedHistory implements StudyHistory {
        private final Map<String, TreeMap<Integer, EpochMetrics>> validation = new HashMap<>();
        private int questions;

        void record(String trial, int epoch, EpochMetrics metrics) {
            validation.computeIfAbsent(trial, id -> new TreeMap<>()).put(epoch, metrics);
        }

        @Override
        public Map<String, EpochMetrics> after(int epoch) {
            questions++;
            Map<String, EpochMetrics> after = new HashMap<>();
            validation.forEach((trial, epochs) -> {
                if (epochs.containsKey(epoch)) {
                    after.put(trial, epochs.get(epoch));
                }
            });
            return after;
        }

        @Override
        public Map<String, Tried> tried() {
            questions++;
            Map<String, Tried> tried = new HashMap<>();
            for (Trial trial : progress.trials()) {
                Map.Entry<Integer, EpochMetrics> latest =
                        validation.getOrDefault(trial.id(), new TreeMap<>()).lastEntry();
                tried.put(
                        trial.id(),
                        latest == null
                                ? new Tried(Hyperparameters.DEFAULTS, 0, null)
                                : new Tried(Hyperparameters.DEFAULTS, latest.getKey(), latest.getValue()));
            }
            return tried;
        }
    }
}
