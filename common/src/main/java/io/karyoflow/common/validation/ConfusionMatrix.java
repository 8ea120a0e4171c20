package io.karyoflow.common.validation;

import java.util.ArrayList;
import java.util.List;

/** How often each class was taken for which: rows are true labels, columns predicted ones. */
public final class ConfusionMatrix {
    private final int[][] counts;

    public ConfusionMatrix(int classes) {
        counts = new int[classes][classes];
    }

    public void count(int label, int predicted) {
        counts[label][predicted]++;
    }

    /** Counts what was counted elsewhere, too. @param more [C][C] */
    public void add(List<List<Integer>> more) {
        for (int label = 0; label < counts.length; label++) {
            for (int predicted = 0; predicted < counts.length; predicted++) {
                counts[label][predicted] += more.get(label).get(predicted);
            }
        }
    }

    /** [C][C], a copy */
    public int[][] counts() {
        int[][] copy = new int[counts.length][];
        for (int label = 0; label < counts.length; label++) {
            copy[label] = counts[label].clone();
        }
        return copy;
    }

    /** Share of images on the diagonal, 0 to 1. */
    public double accuracy() {
        int right = 0;
        int all = 0;
        for (int label = 0; label < counts.length; label++) {
            right += counts[label][label];
            all += labelled(label);
        }
        return ratio(right, all);
    }

    /** Unweighted mean of F1 = 2TP / (2TP + FP + FN) over the classes that occur, as label or as prediction. */
    public double macroF1() {
        double sum = 0;
        int occurring = 0;
        for (int c = 0; c < counts.length; c++) {
            if (labelled(c) + predicted(c) > 0) {
                sum += f1(c);
                occurring++;
            }
        }
        return occurring == 0 ? 0 : sum / occurring;
    }

    /**
     * Without areas under ROC curves, which counts do not tell.
     *
     * @param classNames by label
     */
    public List<ClassMetrics> perClass(List<String> classNames) {
        return perClass(classNames, new Double[counts.length]);
    }

    /**
     * @param classNames by label
     * @param areas under the ROC curves, by label; null where there is none
     */
    public List<ClassMetrics> perClass(List<String> classNames, Double[] areas) {
        List<ClassMetrics> metrics = new ArrayList<>();
        for (int c = 0; c < counts.length; c++) {
            metrics.add(new ClassMetrics(
                    classNames.get(c),
                    ratio(counts[c][c], predicted(c)),
                    ratio(counts[c][c], labelled(c)),
                    f1(c),
                    labelled(c),
                    areas[c]));
        }
        return metrics;
    }

    private double f1(int c) {
        return ratio(2 * counts[c][c], labelled(c) + predicted(c));
    }

    /** TP + FN */
    private int labelled(int c) {
        int sum = 0;
        for (int count : counts[c]) {
            sum += count;
        }
        return sum;
    }

    /** TP + FP */
    private int predicted(int c) {
        int sum = 0;
        for (int[] row : counts) {
            sum += row[c];
        }
        return sum;
    }

    private static double ratio(int part, int whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
