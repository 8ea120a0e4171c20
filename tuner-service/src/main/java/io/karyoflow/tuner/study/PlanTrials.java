package io.karyoflow.tuner.study;

import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.TrialEvent;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.tuner.search.FinishedTrial;
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
import io.karyoflow.tuner.study.StudyEvent.StopAsked;
import io.karyoflow.tuner.study.StudyEvent.TimePassed;
import io.karyoflow.tuner.study.StudyEvent.TrialReported;
import io.karyoflow.tuner.study.StudyHistory.Tried;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what a study does next: reacts to the event, then fills the free places with proposals, then ends the study if
 * nothing is left to wait for. Pure: same progress, event and time, same decisions.
 */
public final class PlanTrials {
    private final TrialLimits limits;

    public PlanTrials(TrialLimits limits) {
        this.limits = limits;
    }

    /**
     * @param now by the same clock as the trials' last signs
     * @throws UnusableReportException if a trainer's report cannot be of this study
     */
    public List<Decision> plan(StudyProgress progress, StudyEvent event, Instant now) {
        Draft draft = new Draft(progress);
        if (event instanceof TrialReported reported) {
            hear(draft, reported.report());
        } else if (event instanceof StopAsked asked) {
            stop(draft, asked.reason());
        } else if (event instanceof TimePassed) {
            rescue(draft, now);
        }
        propose(draft);
        finish(draft);
        return draft.decisions;
    }

    private void hear(Draft draft, TrialEvent report) {
        Trial trial = draft.progress.trial(report.trialId());
        if (report.attempt() > trial.attempt()) {
            throw new UnusableReportException("it is of attempt " + report.attempt() + " of trial " + trial.id()
                    + ", which is only at attempt " + trial.attempt());
        }
        if (trial.ended() || report.attempt() < trial.attempt()) {
            return; // said twice, or by a worker that was overtaken
        }
        if (report instanceof TrialEvent.Started) {
            start(draft, trial);
        } else if (report instanceof TrialEvent.EpochCompleted epoch) {
            start(draft, trial);
            judge(draft, trial, epoch);
        } else if (report instanceof TrialEvent.Completed completed) {
            draft.decide(new CompleteTrial(trial.id(), completed.modelId()));
        } else if (report instanceof TrialEvent.Failed failed) {
            // final: with the same seed and data it would fail again
            draft.decide(new FailTrial(trial.id(), failed.reason()));
        } else if (report instanceof TrialEvent.Stopped) {
            draft.decide(
                    new CloseTrial(trial.id(), trial.askedToStop() ? trial.stopReason() : "its trainer stopped it"));
        }
    }

    private static void start(Draft draft, Trial trial) {
        if (trial.state() == TrialState.QUEUED) {
            draft.decide(new StartTrial(trial.id()));
        }
    }

    private static void judge(Draft draft, Trial trial, TrialEvent.EpochCompleted epoch) {
        StudySpecification specification = draft.progress.study().specification();
        if (trial.askedToStop()
                || epoch.epoch() <= trial.passedEpoch()
                || epoch.epoch() >= specification.epochs()
                || !specification.scheduler().judgesAfter(epoch.epoch())) {
            return;
        }
        List<Double> others = draft.progress.history().after(epoch.epoch()).entrySet().stream()
                .filter(other -> !other.getKey().equals(trial.id()))
                .map(other -> specification.metric().score(other.getValue()))
                .toList();
        Optional<String> reason = specification
                .scheduler()
                .reasonToStop(epoch.epoch(), specification.metric().score(epoch.validation()), others);
        draft.decide(
                reason.isPresent()
                        ? new StopTrial(trial.id(), reason.get())
                        : new PassTrial(trial.id(), epoch.epoch()));
    }

    private static void stop(Draft draft, String reason) {
        if (draft.progress.study().state() != StudyState.RUNNING) {
            return;
        }
        draft.decide(new StopStudy());
        for (Trial trial : draft.progress.trials()) {
            if (trial.held() && !trial.askedToStop()) {
                draft.decide(new StopTrial(trial.id(), reason));
            } else if (!trial.ended() && !trial.held()) {
                // no worker has it; one that receives the request later finds it ended and lets it go
                draft.decide(new CloseTrial(trial.id(), reason));
            }
        }
    }

    private void rescue(Draft draft, Instant now) {
        for (Trial trial : draft.progress.trials()) {
            if (!trial.held() || !trial.lastSign().plus(limits.lostAfter()).isBefore(now)) {
                continue;
            }
            if (trial.askedToStop()) {
                draft.decide(new CloseTrial(trial.id(), trial.stopReason()));
            } else if (trial.fruitlessAttempts() < limits.maxAttempts()) {
                draft.decide(new RetryTrial(trial.id(), trial.attempt() + 1));
            } else {
                draft.decide(new FailTrial(
                        trial.id(),
                        "its worker vanished " + times(trial.fruitlessAttempts())
                                + " without getting any further; look for the end of the trainers' logs, often there is"
                                + " too little memory; or they say that it has no checkpoints, see"
                                + " karyoflow.checkpoint.max-size"));
            }
        }
    }

    private static void propose(Draft draft) {
        Study study = draft.progress.study();
        StudySpecification specification = study.specification();
        if (!hasPlace(draft.progress)) {
            return;
        }
        List<FinishedTrial> finished = finished(draft.progress);
        while (hasPlace(draft.progress)) {
            int number = draft.progress.trials().size() + 1;
            Hyperparameters hyperparameters = Hyperparameters.of(
                    specification.search().propose(specification.space(), specification.seed(), number, finished));
            draft.decide(new ProposeTrial(
                    number,
                    new TrialRequested(
                            String.format(Locale.ROOT, "%s-%03d", study.id(), number),
                            1,
                            study.id(),
                            specification.architecture(),
                            hyperparameters,
                            specification.epochs(),
                            specification.seedOf(number),
                            draft.progress.dataset(),
                            specification.foldOf(number))));
        }
    }

    private static boolean hasPlace(StudyProgress progress) {
        StudySpecification specification = progress.study().specification();
        return progress.study().state() == StudyState.RUNNING
                && progress.active() < specification.concurrency()
                && progress.trials().size() < specification.plannedTrials();
    }

    private static List<FinishedTrial> finished(StudyProgress progress) {
        Metric metric = progress.study().specification().metric();
        Map<String, Tried> tried = progress.history().tried();
        return progress.trials().stream()
                .filter(Trial::ended)
                .map(trial -> finished(trial, tried.get(trial.id()), metric))
                .toList();
    }

    private static FinishedTrial finished(Trial trial, Tried tried, Metric metric) {
        return new FinishedTrial(
                trial.number(),
                tried.hyperparameters(),
                trial.state() == TrialState.FAILED ? Double.NaN : tried.score(metric),
                tried.epochs(),
                trial.state() == TrialState.COMPLETED);
    }

    private static void finish(Draft draft) {
        Study study = draft.progress.study();
        if (study.state().ended() || draft.progress.active() > 0) {
            return;
        }
        boolean completed = draft.progress.trials().stream().anyMatch(trial -> trial.state() == TrialState.COMPLETED);
        StudyState end = study.state() == StudyState.STOPPING
                ? StudyState.STOPPED
                : completed ? StudyState.COMPLETED : StudyState.FAILED;
        // repeats differ by chance and by fold: none of them is the best
        Optional<Trial> best = study.specification().repeats() == null ? best(draft.progress) : Optional.empty();
        draft.decide(new FinishStudy(
                end, best.map(Trial::id).orElse(null), best.map(Trial::modelId).orElse(null)));
    }

    /**
     * By the metric after the last epoch, because that is the model that is stored; the earlier of two equals, so that
     * replanning chooses the same.
     */
    private static Optional<Trial> best(StudyProgress progress) {
        Metric metric = progress.study().specification().metric();
        Map<String, Tried> tried = progress.history().tried();
        return progress.trials().stream()
                .filter(trial -> trial.state() == TrialState.COMPLETED)
                .max(Comparator.<Trial>comparingDouble(
                                trial -> comparable(tried.get(trial.id()).score(metric)))
                        .thenComparing(Comparator.comparingInt(Trial::number).reversed()));
    }

    private static double comparable(double score) {
        return Double.isNaN(score) ? -Double.MAX_VALUE : score;
    }

    private static String times(int count) {
        return switch (count) {
            case 1 -> "once";
            case 2 -> "twice";
            case 3 -> "three times";
            default -> count + " times";
        };
    }

    /** Decisions so far, and what the study looks like after them. */
    private static final class Draft {
        private final List<Decision> decisions = new ArrayList<>();
        private StudyProgress progress;

        Draft(StudyProgress progress) {
            this.progress = progress;
        }

        void decide(Decision decision) {
            decisions.add(decision);
            progress = decision.applyTo(progress);
        }
    }
}
