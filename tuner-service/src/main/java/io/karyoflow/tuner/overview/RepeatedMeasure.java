package io.karyoflow.tuner.overview;

import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;

/**
 * One measure of a configuration that was trained for several folds and seeds.
 *
 * @param name what is measured, such as {@code macro F1}
 * @param bySeed in the order of the seeds, of the images of all folds together; null for a seed of which a fold is missing,
 *     and where there is no such figure
 * @param mean over the seeds that have one, or null
 * @param sd over them: sqrt(sum (x - mean)² / (n - 1)), or null of fewer than two
 * @param byFold in the order of the folds, the mean over seeds; null for a fold that has none
 * @param meanOverFolds of those that have one, or null
 * @param lowestFold of them, or null
 * @param highestFold of them, or null
 */
public record RepeatedMeasure(
        String name,
        List<Double> bySeed,
        Double mean,
        Double sd,
        List<Double> byFold,
        Double meanOverFolds,
        Double lowestFold,
        Double highestFold) {

    static RepeatedMeasure of(String name, List<Double> bySeed, List<Double> byFold) {
        double[] seeds = known(bySeed);
        double[] folds = known(byFold);
        return new RepeatedMeasure(
                name,
                bySeed,
                mean(seeds),
                deviation(seeds),
                byFold,
                mean(folds),
                folds.length == 0 ? null : DoubleStream.of(folds).min().getAsDouble(),
                folds.length == 0 ? null : DoubleStream.of(folds).max().getAsDouble());
    }

    private static double[] known(List<Double> values) {
        return values.stream()
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private static Double mean(double[] values) {
        return values.length == 0 ? null : DoubleStream.of(values).average().getAsDouble();
    }

    private static Double deviation(double[] values) {
        if (values.length < 2) {
            return null;
        }
        double mean = mean(values);
        double squares = DoubleStream.of(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / (values.length - 1));
    }
}
