package io.karyoflow.ingest.dataset.split;

import io.karyoflow.common.message.DatasetRegistered.Split;
import io.karyoflow.common.message.DatasetRegistered.Split.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Assigns every image to a fold; each fold has images of each class. */
public final class SplitImages {
    private SplitImages() {}

    /**
     * Same items in the same order and same request, same folds.
     *
     * @param items one for each image, in an order that does not depend on where they came from
     * @param classes names by label, for messages
     * @throws UnsplittableException if a class has too few images or groups for the folds wanted
     */
    public static Folds split(List<SplitItem> items, List<String> classes, SplitRequest request)
            throws UnsplittableException {
        boolean grouped = !items.isEmpty() && items.get(0).group() != null;
        for (int label = 0; label < classes.size(); label++) {
            checkClass(items, label, classes.get(label), grouped, request);
        }
        int[] folds = grouped
                ? GroupedStratifiedFolds.assign(items, classes.size(), request.shares(), request.seed())
                : StratifiedFolds.assign(items, classes.size(), request.shares(), request.seed());
        checkEveryFoldHasEveryClass(items, folds, classes, request);
        Kind kind = grouped ? Kind.GROUPED_STRATIFIED : Kind.STRATIFIED;
        return new Folds(folds, new Split(kind, request.seed(), request.folds(), request.validationShare()));
    }

    private static void checkClass(
            List<SplitItem> items, int label, String className, boolean grouped, SplitRequest request)
            throws UnsplittableException {
        List<SplitItem> ofClass =
                items.stream().filter(item -> item.label() == label).toList();
        if (ofClass.size() < request.folds()) {
            throw new UnsplittableException("the class '" + className + "' has " + images(ofClass.size())
                    + ", fewer than the " + request.folds() + " folds: " + remedy(ofClass.size(), "images"));
        }
        if (grouped) {
            Set<String> groups = ofClass.stream().map(SplitItem::group).collect(Collectors.toSet());
            if (groups.size() < request.folds()) {
                throw new UnsplittableException("the class '" + className + "' is in " + groups.size()
                        + " groups, fewer than the " + request.folds()
                        + " folds, and a group is never in two folds: " + remedy(groups.size(), "groups"));
            }
        }
    }

    private static String images(int count) {
        return count == 0 ? "no usable images" : count == 1 ? "1 usable image" : count + " usable images";
    }

    private static String remedy(int possible, String what) {
        return possible >= 2
                ? "ask for at most " + possible + " folds, or add " + what + " of this class"
                : "add " + what + " of this class, or leave the class out of classes and CSV";
    }

    private static void checkEveryFoldHasEveryClass(
            List<SplitItem> items, int[] folds, List<String> classes, SplitRequest request)
            throws UnsplittableException {
        Set<List<Integer>> present = new HashSet<>();
        for (int i = 0; i < folds.length; i++) {
            present.add(List.of(folds[i], items.get(i).label()));
        }
        for (int fold = 0; fold < request.folds(); fold++) {
            for (int label = 0; label < classes.size(); label++) {
                if (!present.contains(List.of(fold, label))) {
                    throw new UnsplittableException("no assignment of groups was found in which fold " + fold
                            + " has images of the class '" + classes.get(label)
                            + "': ask for fewer folds, a larger validationShare, or use another seed");
                }
            }
        }
    }
}
