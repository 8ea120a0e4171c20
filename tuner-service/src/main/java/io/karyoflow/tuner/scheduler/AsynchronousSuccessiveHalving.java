package io.karyoflow.tuner.scheduler;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * ASHA: L. Li et al., A System for Massively Parallel Hyperparameter Tuning, 2018, arXiv:1810.05934; in the variant that
 * stops (Ray Tune's AsyncHyperBand with one bracket) instead of pausing and promoting.
 *
 * <p>Rung k lies at epoch r * eta^k. A trial that arrives there goes on if its score is at least the
 * (1 - 1/eta) quantile of the scores that others have recorded at this rung so far (linear between neighbours): the best
 * 1/eta of them. The first to arrive goes on. No trial ever waits for another.
 *
 * @param gracePeriod r: epochs that every trial gets, at least 1; 1 if it is left out
 * @param reductionFactor eta: the share that survives a rung is 1/eta, at least 2; 3 if it is left out
 */
public record AsynchronousSuccessiveHalving(Integer gracePeriod, Integer reductionFactor) implements TrialScheduler {
    /** @throws IllegalArgumentException if a setting is too small */
    public AsynchronousSuccessiveHalving {
        gracePeriod = gracePeriod == null ? 1 : gracePeriod;
        reductionFactor = reductionFactor == null ? 3 : reductionFactor;
        if (gracePeriod < 1) {
            throw new IllegalArgumentException("gracePeriod is " + gracePeriod + "; it must be at least 1");
        }
        if (reductionFactor < 2) {
            throw new IllegalArgumentException("reductionFactor is " + reductionFactor + "; it must be at least 2");
        }
    }

    /** At the rungs. */
    @Override
    public boolean judgesAfter(int epoch) {
        long rung = gracePeriod;
        while (rung < epoch) {
            rung *= reductionFactor;
        }
        return rung == epoch;
    }

    @Override
    public Optional<String> reasonToStop(int epoch, double score, List<Double> others) {
        double[] recorded = others.stream()
                .mapToDouble(Double::doubleValue)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (recorded.length == 0) {
            return Optional.empty();
        }
        double cutOff = quantile(recorded, 1 - 1.0 / reductionFactor);
        return score >= cutOff ? Optional.empty() : Optional.of(reason(epoch, score, cutOff, recorded.length));
    }

    @Override
    public Optional<String> problem(int epochs) {
        return gracePeriod < epochs
                ? Optional.empty()
                : Optional.of("scheduler.gracePeriod is " + gracePeriod + " and epochs is " + epochs
                        + ", so no trial could ever be stopped; lower gracePeriod, raise epochs, or use \"none\"");
    }

    @Override
    public String summary() {
        return "ASHA, grace period " + gracePeriod + ", the best 1/" + reductionFactor + " go on";
    }

    /** @param sorted ascending, at least one value */
    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
    }

    private String reason(int epoch, double score, double cutOff, int others) {
        // a loss is scored by its negative; people want to read the loss
        return String.format(
                Locale.ROOT,
                "%.4f after epoch %d is worse than %.4f, where the best 1/%d of %d %s",
                Math.abs(score),
                epoch,
                Math.abs(cutOff),
                reductionFactor,
                others,
                others == 1 ? "other begins" : "others begin");
    }
}
