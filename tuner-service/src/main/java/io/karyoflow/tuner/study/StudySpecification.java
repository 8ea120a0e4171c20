package io.karyoflow.tuner.study;

import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.tuner.scheduler.TrialScheduler;
import io.karyoflow.tuner.search.SearchAlgorithm;
import io.karyoflow.tuner.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a study is asked to do; stored with it, so that its numbers can be made again.
 *
 * @param dataset id of a registered data set
 * @param architecture which network
 * @param space what to vary
 * @param search how to choose configurations
 * @param scheduler how to stop trials that lag behind
 * @param trials how many to run; fewer if the search runs out of configurations
 * @param concurrency how many may be queued or running at once
 * @param metric what to optimize
 * @param epochs each trial's budget
 * @param validationFold the data set's fold that is validated on
 * @param seed same specification and data, same proposals, as far as the search does not learn from which trials end first
 * @param promotion what becomes of the best model; {@link Promotion#ALWAYS} for a study that was stored without it
 */
public record StudySpecification(
        String dataset,
        Architecture architecture,
        SearchSpace space,
        SearchAlgorithm search,
        TrialScheduler scheduler,
        int trials,
        int concurrency,
        Metric metric,
        int epochs,
        int validationFold,
        long seed,
        Promotion promotion) {
    public static final int MAX_TRIALS = 10_000;
    public static final int MAX_EPOCHS = 10_000;

    public StudySpecification {
        promotion = promotion == null ? Promotion.ALWAYS : promotion;
    }

    /** How many trials the study will have when it runs to its end. */
    public int plannedTrials() {
        OptionalLong limit = search.limit(space);
        return limit.isPresent() ? (int) Math.min(trials, limit.getAsLong()) : trials;
    }

    /** Everything that is wrong, each with what to do about it; empty if the study can run on this data set. */
    public List<String> problems(DatasetRegistered registered) {
        List<String> problems = new ArrayList<>(space.problems());
        checkRange(problems, "trials", trials, MAX_TRIALS);
        checkRange(problems, "concurrency", concurrency, MAX_TRIALS);
        checkRange(problems, "epochs", epochs, MAX_EPOCHS);
        scheduler.problem(epochs).ifPresent(problems::add);
        if (!space.varies() && plannedTrials() > 1) {
            problems.add("space: leaves nothing to vary, so all " + plannedTrials()
                    + " trials would be alike; give a parameter more than one value, or set trials to 1");
        }
        search.problem(space, trials).ifPresent(problems::add);
        checkFold(problems, registered.split());
        return problems;
    }

    private void checkFold(List<String> problems, DatasetRegistered.Split split) {
        if (split.validationShare() != null && validationFold != 0) {
            problems.add("validationFold: is " + validationFold + ", but the data set has a single split ("
                    + split.validationShare() + " of it for validation); use 0, or import it again with folds");
        } else if (validationFold < 0 || validationFold >= split.folds()) {
            problems.add("validationFold: is " + validationFold + "; the data set has " + split.folds()
                    + " folds, so it must be from 0 to " + (split.folds() - 1));
        }
    }

    private static void checkRange(List<String> problems, String name, int value, int max) {
        if (value < 1 || value > max) {
            problems.add(name + ": is " + value + "; it must be from 1 to " + max);
        }
    }
}
