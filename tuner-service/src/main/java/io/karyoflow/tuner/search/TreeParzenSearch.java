package io.karyoflow.tuner.search;

import io.karyoflow.tuner.space.Parameter;
import io.karyoflow.tuner.space.SearchSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.random.RandomGenerator;

/**
 * TPE, the tree-structured Parzen estimator: Bergstra et al., Algorithms for Hyper-Parameter Optimization, NeurIPS 2011;
 * Bergstra, Yamins and Cox, Making a Science of Model Search, ICML 2013. What Optuna, Hyperopt and Ray Tune have by this
 * name.
 *
 * <p>Trials so far are parted into the best, ceil(n/10) but at most 25 of n with a score, and the others. With l(x) the
 * density of the best and g(x) that of the others, of a number of candidates drawn from l the one with the highest
 * l(x)/g(x) is proposed: that with the highest expected improvement. Trials that failed are among the others.
 *
 * <p>Trials that are still running are not taken into account: proposals made together differ because each draws its own
 * candidates.
 *
 * @param startupTrials with a score before it learns from them, at least 1; until then it proposes as {@link RandomSearch}
 *     does; 10 if it is left out
 * @param candidates drawn for each proposal, at least 1; 24 if it is left out
 */
public record TreeParzenSearch(Integer startupTrials, Integer candidates) implements SearchAlgorithm {
    private static final int MOST_OF_THE_BEST = 25;
    private static final int MAX_CANDIDATES = 10_000;

    /** Those that failed come last, and before them those that were stopped: the sooner, the worse. */
    private static final Comparator<FinishedTrial> BEST_FIRST = Comparator.comparing(FinishedTrial::scored)
            .thenComparingInt(TreeParzenSearch::reach)
            .thenComparingDouble(FinishedTrial::score)
            .reversed();

    /** @throws IllegalArgumentException if a setting is out of its range */
    public TreeParzenSearch {
        startupTrials = startupTrials == null ? 10 : startupTrials;
        candidates = candidates == null ? 24 : candidates;
        if (startupTrials < 1) {
            throw new IllegalArgumentException("startupTrials is " + startupTrials + "; it must be at least 1");
        }
        if (candidates < 1 || candidates > MAX_CANDIDATES) {
            throw new IllegalArgumentException(
                    "candidates is " + candidates + "; it must be from 1 to " + MAX_CANDIDATES);
        }
    }

    @Override
    public Map<String, Object> propose(SearchSpace space, long seed, int number, List<FinishedTrial> finished) {
        RandomGenerator random = Seeds.random(seed, number);
        Map<String, Object> proposal = space.sample(random);
        int scored = (int) finished.stream().filter(FinishedTrial::scored).count();
        if (scored < startupTrials) {
            return proposal;
        }
        SortedMap<String, Parameter> varied = space.varied();
        List<double[]> tried = finished.stream()
                .sorted(BEST_FIRST)
                .map(trial -> positions(varied, trial))
                .toList();
        int best = (int) Math.min(Math.ceil(scored / 10.0), MOST_OF_THE_BEST);
        List<Parameter> parameters = new ArrayList<>(varied.values());
        double[] chosen = candidate(
                new ParzenEstimator(parameters, tried.subList(0, best)),
                new ParzenEstimator(parameters, tried.subList(best, tried.size())),
                random);
        int i = 0;
        for (Map.Entry<String, Parameter> entry : varied.entrySet()) {
            proposal.put(entry.getKey(), entry.getValue().at(chosen[i++]));
        }
        return proposal;
    }

    private double[] candidate(ParzenEstimator best, ParzenEstimator others, RandomGenerator random) {
        double[] chosen = null;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < candidates; i++) {
            double[] drawn = best.sample(random);
            double logRatio = best.logDensity(drawn) - others.logDensity(drawn);
            if (chosen == null || logRatio > highest) {
                chosen = drawn;
                highest = logRatio;
            }
        }
        return chosen;
    }

    private static double[] positions(SortedMap<String, Parameter> varied, FinishedTrial trial) {
        Map<String, Object> values = trial.hyperparameters().asMap();
        return varied.entrySet().stream()
                .mapToDouble(entry -> entry.getValue().position(values.get(entry.getKey())))
                .toArray();
    }

    /** A trial may end before its budget by its own early stopping, and has then gone as far as any. */
    private static int reach(FinishedTrial trial) {
        return trial.completed() ? Integer.MAX_VALUE : trial.epochs();
    }

    @Override
    public Optional<String> problem(SearchSpace space, int trials) {
        return space.varies() && trials <= startupTrials
                ? Optional.of("search: all of " + trials + " trials would be random, as tpe learns after the first "
                        + startupTrials
                        + "; give it more trials, set startupTrials to less, or use the search \"random\"")
                : Optional.empty();
    }

    @Override
    public String summary() {
        return "TPE, after " + startupTrials + " random trials";
    }

    /** More than elsewhere, or most of them would be random. */
    @Override
    public long usualTrials(SearchSpace space) {
        return 4L * startupTrials;
    }
}
