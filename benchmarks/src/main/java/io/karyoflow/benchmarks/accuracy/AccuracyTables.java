package io.karyoflow.benchmarks.accuracy;

import io.karyoflow.common.validation.ClassMetrics;
import io.karyoflow.common.validation.ConfusionMatrix;
import io.karyoflow.trainer.evaluation.CalibrationError;
import io.karyoflow.trainer.evaluation.Predictions;
import io.karyoflow.trainer.evaluation.TemperatureScaling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What was measured, in Markdown, and in a last line for scripts. A fold may lack a class, and then its macro F1 means
 * something else than that of another fold: it is over the other classes, or counts 0 for the one that it lacks as soon as a
 * single image is taken for it. So beside it is the mean of F1 over the classes that the fold has, and the predictions of all
 * folds are also taken together, as one confusion matrix (Forman and Scholz, Apples-to-apples in cross-validation studies,
 * 2010). There, too, each fold's temperature is the one that fits the other folds: so it is of groups that it was not fitted
 * on, either.
 */
final class AccuracyTables {
    private static final Column ACCURACY = ofMatrix("accuracy", ConfusionMatrix::accuracy);
    private static final Column MACRO_F1 = ofMatrix("macro F1", ConfusionMatrix::macroF1);
    private static final Column MACRO_F1_OF_PRESENT =
            ofMatrix("macro F1 of its classes", AccuracyTables::macroF1OfPresent);
    private static final Column ECE_BEFORE = new Column("ECE", FoldResult::calibrationErrorBefore);
    private static final Column ECE_AFTER = new Column("ECE scaled", FoldResult::calibrationErrorAfter);
    private static final Column SECONDS = new Column("seconds", FoldResult::seconds);

    private final List<String> classes;
    private final List<FoldResult> results;

    /** @param results at least one */
    AccuracyTables(List<String> classes, List<FoldResult> results) {
        this.classes = classes;
        this.results = results;
    }

    private static Column ofMatrix(String name, ToDoubleFunction<ConfusionMatrix> measure) {
        return new Column(
                name, result -> measure.applyAsDouble(result.predictions().confusionMatrix()));
    }

    /** @param counts [folds][classes] images */
    String folds(List<List<Integer>> counts) {
        List<String> lines = new ArrayList<>(heading("images in fold", classes.stream()));
        for (int fold = 0; fold < counts.size(); fold++) {
            lines.add(row(String.valueOf(fold), counts.get(fold).stream().map(String::valueOf)));
        }
        return String.join("\n", lines);
    }

    /** A line for each trial, then what they come to. */
    String trials() {
        List<Column> columns = columns();
        List<String> lines = new ArrayList<>(heading(
                "fold", Stream.concat(Stream.of("seed"), columns.stream().map(Column::name))));
        for (FoldResult result : results) {
            lines.add(row(
                    String.valueOf(result.fold()), String.valueOf(result.seed()), columns, column -> column.measure()
                            .applyAsDouble(result)));
        }
        lines.add(row("mean over folds", "", columns, column -> column.mean(results)));
        lines.add(row("sd over folds", "", columns, column -> column.deviation(results)));
        if (seeds().count() > 1) {
            lines.add(row("sd over seeds", "", columns, column -> column.deviationOverSeeds(results)));
        }
        seeds().forEach(seed -> lines.add(togetherRow(seed)));
        return String.join("\n", lines);
    }

    private String togetherRow(long seed) {
        Predictions predictions = together(ofSeed(seed));
        ConfusionMatrix matrix = predictions.confusionMatrix();
        List<String> cells = new ArrayList<>(List.of(String.valueOf(seed)));
        cells.add(number(matrix.accuracy()));
        cells.add(number(matrix.macroF1()));
        cells.add(number(macroF1OfPresent(matrix)));
        matrix.perClass(classes).forEach(metrics -> cells.add(number(f1(metrics))));
        cells.add(number(CalibrationError.of(predictions, 1)));
        cells.add(number(calibrationErrorTogether(seed)));
        cells.add("");
        return row("folds together", cells.stream());
    }

    /** Summed over all trials. */
    String confusionMatrix() {
        int[][] counts = together(results).confusionMatrix().counts();
        List<String> lines = new ArrayList<>(heading("true \\ predicted", classes.stream()));
        for (int label = 0; label < classes.size(); label++) {
            lines.add(row(classes.get(label), IntStream.of(counts[label]).mapToObj(String::valueOf)));
        }
        return String.join("\n", lines);
    }

    /**
     * {@code RESULT name=value ...}: means over folds, then means over seeds of all folds together. Both calibration errors
     * are after scaling.
     */
    String resultLine() {
        return String.format(
                Locale.ROOT,
                "RESULT macro_f1=%.4f macro_f1_sd=%.4f macro_f1_of_present=%.4f accuracy=%.4f ece=%.4f together_macro_f1=%.4f"
                        + " together_accuracy=%.4f together_ece=%.4f",
                MACRO_F1.mean(results),
                MACRO_F1.deviation(results),
                MACRO_F1_OF_PRESENT.mean(results),
                ACCURACY.mean(results),
                ECE_AFTER.mean(results),
                overSeeds(seed -> together(ofSeed(seed)).confusionMatrix().macroF1()),
                overSeeds(seed -> together(ofSeed(seed)).confusionMatrix().accuracy()),
                overSeeds(this::calibrationErrorTogether));
    }

    private double overSeeds(ToDoubleFunction<Long> measure) {
        return seeds().mapToDouble(measure).average().orElseThrow();
    }

    private Stream<Long> seeds() {
        return results.stream().map(FoldResult::seed).distinct();
    }

    private List<FoldResult> ofSeed(long seed) {
        return results.stream().filter(result -> result.seed() == seed).toList();
    }

    private Predictions together(List<FoldResult> trials) {
        return scaled(trials, trial -> 1.0);
    }

    /** Not a number if there is one fold only: then no other can say its temperature. */
    private double calibrationErrorTogether(long seed) {
        List<FoldResult> trials = ofSeed(seed);
        if (trials.size() < 2) {
            return Double.NaN;
        }
        Predictions scaled = scaled(
                trials,
                trial -> TemperatureScaling.fit(
                        together(trials.stream().filter(other -> other != trial).toList())));
        return CalibrationError.of(scaled, 1);
    }

    /** All predictions of some trials. @param temperature that those of a trial are divided by */
    private Predictions scaled(List<FoldResult> trials, ToDoubleFunction<FoldResult> temperature) {
        Predictions all = new Predictions(classes.size());
        for (FoldResult trial : trials) {
            Predictions predictions = trial.predictions();
            float divisor = (float) temperature.applyAsDouble(trial);
            for (int image = 0; image < predictions.size(); image++) {
                float[] logits = predictions.logits(image);
                for (int label = 0; label < logits.length; label++) {
                    logits[label] /= divisor;
                }
                all.add(new float[][] {logits}, new int[] {predictions.label(image)});
            }
        }
        return all;
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>(List.of(ACCURACY, MACRO_F1, MACRO_F1_OF_PRESENT));
        for (int label = 0; label < classes.size(); label++) {
            int of = label;
            columns.add(ofMatrix(
                    "F1 " + classes.get(label),
                    matrix -> f1(matrix.perClass(classes).get(of))));
        }
        columns.addAll(List.of(ECE_BEFORE, ECE_AFTER, SECONDS));
        return columns;
    }

    /** Over the classes that there are images of. */
    private static double macroF1OfPresent(ConfusionMatrix matrix) {
        int classes = matrix.counts().length;
        return matrix.perClass(Collections.nCopies(classes, "")).stream()
                .filter(metrics -> metrics.support() > 0)
                .mapToDouble(ClassMetrics::f1)
                .average()
                .orElse(Double.NaN);
    }

    /** Not a number where there are no images of the class. */
    private static double f1(ClassMetrics metrics) {
        return metrics.support() == 0 ? Double.NaN : metrics.f1();
    }

    private static String row(String fold, String seed, List<Column> columns, Function<Column, Double> value) {
        return row(
                fold,
                Stream.concat(
                        Stream.of(seed),
                        columns.stream()
                                .map(column ->
                                        column == SECONDS ? whole(value.apply(column)) : number(value.apply(column)))));
    }

    private static List<String> heading(String first, Stream<String> others) {
        String heading = row(first, others);
        return List.of(heading, heading.replaceAll("[^|]+", "---"));
    }

    private static String row(String first, Stream<String> others) {
        return Stream.concat(Stream.of(first), others).collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String whole(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.0f", value);
    }
}
