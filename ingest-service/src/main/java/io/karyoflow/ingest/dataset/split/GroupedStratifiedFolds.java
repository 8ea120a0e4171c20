package io.karyoflow.ingest.dataset.split;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Folds that never share a group, with class proportions as even as that allows: groups whose classes are most uneven
 * choose first, each goes to the fold where it keeps the distribution of classes over folds most even. The greedy
 * algorithm of scikit-learn's StratifiedGroupKFold, extended to folds of unequal share.
 */
final class GroupedStratifiedFolds {
    private static final double TIE = 1e-9;

    private final int classes;
    private final double[] shares;
    private final int[] totals;
    private final int[][] inFold;

    private GroupedStratifiedFolds(int classes, double[] shares, int[] totals) {
        this.classes = classes;
        this.shares = shares;
        this.totals = totals;
        this.inFold = new int[shares.length][classes];
    }

    /**
     * @param shares [folds] what part each fold should get; sum 1
     * @return [items] the fold of each
     */
    static int[] assign(List<SplitItem> items, int classes, double[] shares, long seed) {
        Map<String, int[]> countsByGroup = new TreeMap<>();
        int[] totals = new int[classes];
        for (SplitItem item : items) {
            countsByGroup.computeIfAbsent(item.group(), group -> new int[classes])[item.label()]++;
            totals[item.label()]++;
        }
        // the seed decides among groups that are equally uneven
        List<String> groups = new ArrayList<>(countsByGroup.keySet());
        Collections.shuffle(groups, new Random(seed));
        groups.sort(Comparator.comparingDouble((String group) -> -deviation(countsByGroup.get(group))));

        GroupedStratifiedFolds folds = new GroupedStratifiedFolds(classes, shares, totals);
        Map<String, Integer> foldOf = new TreeMap<>();
        groups.forEach(group -> foldOf.put(group, folds.place(countsByGroup.get(group))));
        return items.stream().mapToInt(item -> foldOf.get(item.group())).toArray();
    }

    private int place(int[] group) {
        int best = 0;
        double bestUnevenness = Double.POSITIVE_INFINITY;
        double bestFill = Double.POSITIVE_INFINITY;
        for (int fold = 0; fold < shares.length; fold++) {
            add(group, fold, 1);
            double unevenness = unevenness();
            double fill = sum(inFold[fold]) / shares[fold];
            add(group, fold, -1);
            boolean tie = Math.abs(unevenness - bestUnevenness) < TIE;
            if (tie ? fill < bestFill : unevenness < bestUnevenness) {
                best = fold;
                bestUnevenness = unevenness;
                bestFill = fill;
            }
        }
        add(group, best, 1);
        return best;
    }

    /** Mean over classes of the standard deviation over folds of (part of the class in the fold / the fold's share). */
    private double unevenness() {
        double sum = 0;
        for (int label = 0; label < classes; label++) {
            double[] parts = new double[shares.length];
            for (int fold = 0; fold < shares.length; fold++) {
                parts[fold] = totals[label] == 0 ? 0 : inFold[fold][label] / (totals[label] * shares[fold]);
            }
            sum += deviation(parts);
        }
        return sum / classes;
    }

    private void add(int[] group, int fold, int sign) {
        for (int label = 0; label < classes; label++) {
            inFold[fold][label] += sign * group[label];
        }
    }

    private static int sum(int[] counts) {
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }

    private static double deviation(int[] counts) {
        double[] values = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            values[i] = counts[i];
        }
        return deviation(values);
    }

    private static double deviation(double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean) / values.length;
        }
        return Math.sqrt(squares);
    }
}
