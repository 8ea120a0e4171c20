package io.karyoflow.tuner.overview;

import io.karyoflow.common.validation.ClassMetrics;
import io.karyoflow.common.validation.ConfusionMatrix;
import io.karyoflow.tuner.study.Repeats;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What trials of one configuration come to. The figures are those of {@code benchmarks/accuracy}: the images of all folds in
 * one confusion matrix for each seed (Forman and Scholz, Apples-to-apples in cross-validation studies, 2010), since folds
 * may lack a class; beside it means of single folds.
 */
final class RepeatedTrials {
    private final Repeats repeats;
    private final Map<Integer, TrialReport> reports;
    private final Map<Long, List<Integer>> bySeed;
    private final Map<Integer, List<Integer>> byFold;

    /** @param reports of completed trials after their last epoch, by the trials' numbers */
    RepeatedTrials(Repeats repeats, Map<Integer, TrialReport> reports) {
        this.repeats = repeats;
        this.reports = reports;
        this.bySeed = IntStream.rangeClosed(1, repeats.count())
                .boxed()
                .collect(Collectors.groupingBy(number -> repeats.seed(number)));
        this.byFold = IntStream.rangeClosed(1, repeats.count())
                .boxed()
                .collect(Collectors.groupingBy(number -> repeats.fold(number)));
    }

    /** Empty before the first trial is completed. */
    List<RepeatedMeasure> measures() {
        if (reports.isEmpty()) {
            return List.of();
        }
        List<String> classes = reports.values().iterator().next().classes();
        List<RepeatedMeasure> measures = new ArrayList<>();
        measures.add(ofMatrix("macro F1", ConfusionMatrix::macroF1));
        measures.add(ofMatrix("accuracy", ConfusionMatrix::accuracy));
        for (int label = 0; label < classes.size(); label++) {
            int of = label;
            measures.add(ofMatrix(
                    "F1 " + classes.get(label),
                    matrix -> f1(matrix.perClass(classes).get(of))));
        }
        measures.add(RepeatedMeasure.of(
                "ECE after scaling",
                Collections.nCopies(repeats.seeds().size(), null), // reports do not tell that of folds together
                foldMeans(TrialReport::expectedCalibrationErrorAfter)));
        return measures;
    }

    private RepeatedMeasure ofMatrix(String name, Function<ConfusionMatrix, Double> measure) {
        List<Double> ofSeeds = new ArrayList<>();
        repeats.seeds().forEach(seed -> ofSeeds.add(together(seed).map(measure).orElse(null)));
        return RepeatedMeasure.of(name, ofSeeds, foldMeans(report -> measure.apply(matrix(List.of(report)))));
    }

    /** Empty while a fold is missing: the others alone are other images than those of the other seeds. */
    private Optional<ConfusionMatrix> together(long seed) {
        List<Integer> numbers = bySeed.get(seed);
        return reports.keySet().containsAll(numbers)
                ? Optional.of(matrix(numbers.stream().map(reports::get).toList()))
                : Optional.empty();
    }

    private List<Double> foldMeans(Function<TrialReport, Double> measure) {
        List<Double> means = new ArrayList<>();
        for (int fold : repeats.folds()) {
            OptionalDouble mean = byFold.get(fold).stream()
                    .map(reports::get)
                    .filter(Objects::nonNull)
                    .map(measure)
                    .filter(Objects::nonNull)
                    .mapToDouble(Double::doubleValue)
                    .average();
            means.add(mean.isPresent() ? mean.getAsDouble() : null);
        }
        return means;
    }

    /** @param together at least one */
    private static ConfusionMatrix matrix(List<TrialReport> together) {
        ConfusionMatrix matrix = new ConfusionMatrix(together.get(0).classes().size());
        together.forEach(report -> matrix.add(report.confusionMatrix()));
        return matrix;
    }

    /** Null where there are no images of the class. */
    private static Double f1(ClassMetrics metrics) {
        return metrics.support() == 0 ? null : metrics.f1();
    }
}
