package io.karyoflow.ingest.dataset.split;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Folds with the class proportions of the whole, where the data names no groups. */
final class StratifiedFolds {
    private StratifiedFolds() {}

    /**
     * Deals each class's images, shuffled, to the fold that is farthest below its share of that class; among equals to
     * the one farthest below its share of all images, so that remainders spread over folds.
     *
     * @param shares [folds] what part each fold should get; sum 1
     * @return [items] the fold of each; every fold has each class that has at least as many images as there are folds
     */
    static int[] assign(List<SplitItem> items, int classes, double[] shares, long seed) {
        int[] folds = new int[items.size()];
        int[] inFold = new int[shares.length];
        int dealt = 0;
        Random random = new Random(seed);
        for (int label = 0; label < classes; label++) {
            List<Integer> ofClass = indicesOf(items, label);
            Collections.shuffle(ofClass, random);
            int[] ofClassInFold = new int[shares.length];
            for (int n = 0; n < ofClass.size(); n++) {
                int left = ofClass.size() - n;
                int fold = neediest(shares, ofClassInFold, inFold, n + 1, dealt + 1, left);
                folds[ofClass.get(n)] = fold;
                ofClassInFold[fold]++;
                inFold[fold]++;
                dealt++;
            }
        }
        return folds;
    }

    private static int neediest(double[] shares, int[] ofClassInFold, int[] inFold, int ofClass, int all, int left) {
        int empty = 0;
        for (int count : ofClassInFold) {
            empty += count == 0 ? 1 : 0;
        }
        int best = -1;
        double bestNeed = 0;
        for (int fold = 0; fold < shares.length; fold++) {
            if (empty == left && ofClassInFold[fold] > 0) {
                continue; // the last images go to folds that have none of their class
            }
            double need = shares[fold] * ofClass - ofClassInFold[fold];
            double needOfAll = shares[fold] * all - inFold[fold];
            double weighted = need + 1e-6 * needOfAll;
            if (best < 0 || weighted > bestNeed) {
                best = fold;
                bestNeed = weighted;
            }
        }
        return best;
    }

    private static List<Integer> indicesOf(List<SplitItem> items, int label) {
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).label() == label) {
                indices.add(i);
            }
        }
        return indices;
    }
}
