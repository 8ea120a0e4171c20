package io.karyoflow.tuner.study;

import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.tuner.scheduler.RunToTheEnd;
import io.karyoflow.tuner.scheduler.TrialScheduler;
import io.karyoflow.tuner.search.RandomSearch;
import io.karyoflow.tuner.search.SearchAlgorithm;
import io.karyoflow.tuner.search.Seeds;
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
 * @param validationFold the data set's fold that is validated on; {@code repeats} have their own
 * @param seed same specification and data, same proposals, as far as the search does not learn from which trials end first
 * @param promotion what becomes of the best model; {@link Promotion#ALWAYS} for a study that was stored without it
 * @param repeats the folds and seeds of its trials, with none left out, if they are all of one configuration; or null
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
        Promotion promotion,
        Repeats repeats) {
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

    /** The fold that the trial of that number is validated on. */
    int foldOf(int number) {
        return repeats == null ? validationFold : repeats.fold(number);
    }

    /** The seed of the trial of that number. */
    long seedOf(int number) {
        return repeats == null ? Seeds.trialSeed(seed, number) : repeats.seed(number);
    }

    /** Everything that is wrong, each with what to do about it; empty if the study can run on this data set. */
    public List<String> problems(DatasetRegistered registered) {
        List<String> problems = new ArrayList<>(space.problems());
        checkRange(problems, "trials", trials, MAX_TRIALS);
        checkRange(problems, "concurrency", concurrency, MAX_TRIALS);
        checkRange(problems, "epochs", epochs, MAX_EPOCHS);
        scheduler.problem(epochs).ifPresent(problems::add);
        search.problem(space, trials).ifPresent(problems::add);
        if (repeats == null) {
            checkVariety(problems);
            checkFold(problems, "validationFold: is ", validationFold, registered.split());
        } else {
            checkRepeats(problems);
            repeats.folds().forEach(fold -> checkFold(problems, "repeats.folds: one is ", fold, registered.split()));
        }
        return problems;
    }

    private void checkVariety(List<String> problems) {
        if (!space.varies() && plannedTrials() > 1) {
            problems.add("space: leaves nothing to vary, so all " + plannedTrials()
                    + " trials would be alike; give a parameter more than one value, set trials to 1, or say in repeats"
                    + " for which folds and seeds to train it");
        }
    }

    private void checkRepeats(List<String> problems) {
        if (space.varies()) {
            problems.add("space: leaves " + String.join(", ", space.varied().keySet())
                    + " to vary, but repeats are of one configuration; give each one value, or leave repeats out");
        }
        if (!search.equals(new RandomSearch())) {
            problems.add("search: repeats have nothing to search for; leave it out");
        }
        if (!scheduler.equals(new RunToTheEnd())) {
            problems.add("scheduler: repeats all run to their end; leave it out");
        }
        if (trials != repeats.count()) {
            problems.add("trials: is " + trials + ", but there are " + repeats.count()
                    + " repeats, one for each fold and seed; leave it out");
        }
        if (promotion != Promotion.NEVER) {
            problems.add(
                    "promotion: repeats promote no model, as none of them is the best: they differ by chance and by"
                            + " fold; leave it out, and put one into service with POST /models/{id}/promotion if you want to");
        }
    }

    private static void checkFold(List<String> problems, String fault, int fold, DatasetRegistered.Split split) {
        if (split.validationShare() != null && fold != 0) {
            problems.add(fault + fold + ", but the data set has a single split (" + split.validationShare()
                    + " of it for validation); use 0, or import it again with folds");
        } else if (fold < 0 || fold >= split.folds()) {
            problems.add(fault + fold + "; the data set has " + split.folds() + " folds, so it must be from 0 to "
                    + (split.folds() - 1));
        }
    }

    private static void checkRange(List<String> problems, String name, int value, int max) {
        if (value < 1 || value > max) {
            problems.add(name + ": is " + value + "; it must be from 1 to " + max);
        }
    }
}
