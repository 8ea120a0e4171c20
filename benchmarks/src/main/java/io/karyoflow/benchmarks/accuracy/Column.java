package io.karyoflow.benchmarks.accuracy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * One measure over all trials. Several seeds of a fold count as one, with their mean: folds differ more than seeds do.
 *
 * @param measure of one trial; not a number where it has none, which then does not count
 */
record Column(String name, ToDoubleFunction<FoldResult> measure) {

    double mean(List<FoldResult> results) {
        return meanOf(foldMeans(results));
    }

    /** Over folds: sqrt(sum (x - mean)^2 / (n - 1)); not a number if there is one fold only. */
    double deviation(List<FoldResult> results) {
        return Math.sqrt(varianceOf(foldMeans(results)));
    }

    /** Over the seeds of a fold, root mean square over folds: how much of a difference may be chance. */
    double deviationOverSeeds(List<FoldResult> results) {
        return Math.sqrt(
                meanOf(byFold(results).values().stream().map(Column::varianceOf).toList()));
    }

    private List<Double> foldMeans(List<FoldResult> results) {
        return byFold(results).values().stream().map(Column::meanOf).toList();
    }

    private Map<Integer, List<Double>> byFold(List<FoldResult> results) {
        return results.stream()
                .filter(result -> !Double.isNaN(measure.applyAsDouble(result)))
                .collect(Collectors.groupingBy(
                        FoldResult::fold,
                        TreeMap::new,
                        Collectors.mapping(result -> measure.applyAsDouble(result), Collectors.toList())));
    }

    private static double meanOf(List<Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElse(Double.NaN);
    }

    private static double varianceOf(List<Double> values) {
        if (values.size() < 2) {
            return Double.NaN;
        }
        double mean = meanOf(values);
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        return squares / (values.size() - 1);
    }
}
