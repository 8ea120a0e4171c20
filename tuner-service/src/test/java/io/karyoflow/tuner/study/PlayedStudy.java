package io.karyoflow.tuner.study;

import static io.karyoflow.tuner.study.TestStudy.NOW;
import static io.karyoflow.tuner.study.TestStudy.fresh;
import static io.karyoflow.tuner.study.TestStudy.quality;

import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.TrialEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A study that is planned event by event, all at one moment; its history is what its trials have said. */
final class PlayedStudy {
    static final PlanTrials PLAN_TRIALS =
            new PlanTrials(new TrialLimits(Duration.ofMinutes(2), 3, Duration.ofHours(6)));

    private final PlayedHistory history = new PlayedHistory();
    private StudyProgress progress;

    PlayedStudy(StudySpecification specification) {
        progress = fresh(specification, history);
    }

    /** A study whose first trials have all been started. */
    static PlayedStudy running(StudySpecification specification) {
        PlayedStudy study = new PlayedStudy(specification);
        study.happens(new StudyEvent.StudyCreated());
        study.progress.trials().forEach(trial -> study.started(trial.number()));
        return study;
    }

    StudyProgress progress() {
        return progress;
    }

    /** How often planning has asked for the history. */
    int historyReads() {
        return history.questions;
    }

    List<Decision> happens(StudyEvent event) {
        List<Decision> decisions = PLAN_TRIALS.plan(progress, event, NOW);
        decisions.forEach(decision -> progress = decision.applyTo(progress));
        return decisions;
    }

    List<Decision> says(TrialEvent event) {
        return happens(new StudyEvent.TrialReported(event));
    }

    void started(int number) {
        says(new TrialEvent.Started("s1", id(number), 1, NOW, "worker", "CPU"));
        silentFor(Duration.ZERO, number);
    }

    void silentFor(Duration silence, int number) {
        Instant last = NOW.minus(silence);
        progress = progress.with(id(number), trial -> changed(trial, trial.checkpointAttempt(), last));
    }

    void leavesACheckpoint(int number) {
        progress = progress.with(id(number), trial -> changed(trial, trial.attempt(), trial.lastSign()));
    }

    private static Trial changed(Trial trial, int checkpointAttempt, Instant lastSign) {
        return new Trial(
                trial.id(),
                trial.number(),
                trial.state(),
                trial.attempt(),
                checkpointAttempt,
                trial.passedEpoch(),
                lastSign,
                trial.stopReason(),
                trial.modelId());
    }

    List<Decision> epoch(int number, int epoch, double quality) {
        history.record(id(number), epoch, quality(quality));
        return says(new TrialEvent.EpochCompleted(
                "s1", id(number), 1, NOW, epoch, quality(quality), quality(quality), 1e-3, 100));
    }

    static TrialEvent completed(int number) {
        return new TrialEvent.Completed("s1", id(number), 1, NOW, 3, quality(0.5), "model-" + number);
    }

    private static String id(int number) {
        return "s1-00" + number;
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
