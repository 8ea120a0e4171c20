package io.karyoflow.launcher.study;

import io.karyoflow.launcher.client.TunerClient;
import io.karyoflow.launcher.client.TunerClient.Study;
import io.karyoflow.launcher.client.TunerClient.Trial;
import io.karyoflow.launcher.client.TunerClient.TrialState;
import io.karyoflow.launcher.progress.JobFailure;
import io.karyoflow.launcher.progress.Patience;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Has the tuner run a study, shows its trials epoch by epoch, and waits for its end. */
public final class RunStudy {
    private final TunerClient tuner;
    private final Patience patience;
    private final Patience stopping;

    /** @param stopping for the tuner to take the word, and then for the end, of a study that is given up */
    public RunStudy(TunerClient tuner, Patience patience, Patience stopping) {
        this.tuner = tuner;
        this.patience = patience;
        this.stopping = stopping;
    }

    /**
     * @param bySlides whether the slide of every image is known, to train with and to label
     * @throws JobFailure if the study ends without a model, or is given up and has put none into service
     */
    public StudyResult run(String datasetId, boolean bySlides, StudySettings settings) {
        patience.progress()
                .step("Study: " + settings.budget().trials() + " trials of " + settings.title() + ", up to "
                        + settings.budget().epochs() + " epochs each");
        String studyId =
                tuner.startStudy(settings.specification(datasetId, bySlides)).id();
        Snapshot last;
        try {
            last = awaitEnd(studyId, patience);
        } catch (JobFailure e) {
            last = stop(studyId, e);
        }
        return result(last);
    }

    /** Waits for a study that runs. */
    public StudyResult awaitModel(String studyId) {
        return result(awaitEnd(studyId, patience));
    }

    private Snapshot awaitEnd(String studyId, Patience waiting) {
        Map<Integer, String> shown = new HashMap<>();
        return waiting.await("the study " + studyId, () -> look(studyId, shown), Snapshot::isOver, Snapshot::describe);
    }

    /**
     * One that ran on would put its model into service in the middle of what comes next. It may do so as it ends, too:
     * then that model is what the job goes on with.
     *
     * @throws JobFailure the failure for which it was given up, if it has put nothing into service
     */
    private Snapshot stop(String studyId, JobFailure failure) {
        patience.progress().step("Stopping the study, which is given up");
        try {
            askToStop(studyId);
            Snapshot last = awaitEnd(studyId, stopping);
            if (last.study().promotedModelId() != null) {
                patience.progress().done(failure.getMessage());
                return last;
            }
        } catch (JobFailure e) {
            failure.addSuppressed(e);
        }
        throw failure;
    }

    /** Again while the tuner is away, which may be why the study is given up. */
    private void askToStop(String studyId) {
        stopping.await(
                "the tuner to stop the study " + studyId,
                () -> {
                    tuner.stopStudy(studyId);
                    return "asked to stop";
                },
                asked -> true,
                asked -> asked);
    }

    private StudyResult result(Snapshot last) {
        Study study = last.study();
        if (study.bestTrialId() == null) {
            throw new JobFailure("the study " + study.id() + " ended as " + study.state() + " without a model. "
                    + last.trials().stream()
                            .map(trial -> "Trial " + trial.number() + ": " + trial.state()
                                    + (trial.failure() == null ? "" : " (" + trial.failure() + ")"))
                            .collect(Collectors.joining("; "))
                    + ". The logs are in " + patience.logs());
        }
        Trial best = last.trials().stream()
                .filter(trial -> trial.id().equals(study.bestTrialId()))
                .findFirst()
                .orElseThrow(() -> new JobFailure("the study " + study.id() + " names no best trial"));
        patience.progress()
                .done("Best is trial " + best.number() + "; its model " + best.modelId() + " is "
                        + (study.promotedModelId() == null ? "not promoted" : "promoted") + ": "
                        + study.promotionReason());
        return new StudyResult(study, last.trials(), best);
    }

    /** Once there is a best trial, with all that is known of every trial. */
    private Snapshot look(String studyId, Map<Integer, String> shown) {
        Study study = tuner.study(studyId);
        List<Trial> trials = new ArrayList<>(tuner.trials(studyId));
        trials.sort(Comparator.comparingInt(Trial::number));
        for (Trial trial : trials) {
            String line = line(trial);
            if (trial.epochsDone() != null && trial.epochsDone() > 0 && !line.equals(shown.put(trial.number(), line))) {
                patience.progress().done(line);
            }
        }
        return new Snapshot(
                study,
                study.bestTrialId() == null
                        ? trials
                        : trials.stream().map(trial -> tuner.trial(trial.id())).toList());
    }

    private static String line(Trial trial) {
        String metrics = trial.validation() == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "   validation accuracy %.3f, macro F1 %.3f, loss %.3f",
                        trial.validation().accuracy(),
                        trial.validation().macroF1(),
                        trial.validation().loss());
        String end = trial.state().isFinal() ? "   " + trial.state().name().toLowerCase(Locale.ROOT) : "";
        return String.format("trial %d   epoch %d of %d", trial.number(), trial.epochsDone(), trial.epochs())
                + metrics
                + end;
    }

    private record Snapshot(Study study, List<Trial> trials) {
        boolean isOver() {
            return study.state().isFinal();
        }

        String describe() {
            return trials.stream()
                    .map(trial -> "trial " + trial.number() + " " + standing(trial))
                    .collect(Collectors.joining(", "));
        }

        private static String standing(Trial trial) {
            if (trial.state() != TrialState.RUNNING) {
                return trial.state().name().toLowerCase(Locale.ROOT);
            }
            int done = trial.epochsDone() == null ? 0 : trial.epochsDone();
            return done < trial.epochs() ? "epoch " + (done + 1) : "finishing";
        }
    }
}
