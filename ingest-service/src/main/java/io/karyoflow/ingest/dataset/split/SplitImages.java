package io.karyoflow.ingest.dataset.split;

import io.karyoflow.common.message.DatasetRegistered.Split;
import io.karyoflow.common.message.DatasetRegistered.Split.Kind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Assigns every image to a fold, unless the data have done so. Whichever fold is held back, the others have images of each
 * class to learn from. Both parts of a single split have each class; of k folds some may lack a class that is in fewer than
 * k groups.
 */
public final class SplitImages {
    private SplitImages() {}

    /**
     * Same items in the same order and same request, same folds; of items that have a fold, those are checked and kept, and
     * the request decides nothing.
     *
     * @param items one for each image, in an order that does not depend on where they came from
     * @param classes names by label, for messages
     * @throws UnsplittableException if there are too few images or groups for that, or the items' folds do not do; the
     *     message says what to do
     */
    public static Folds split(List<SplitItem> items, List<String> classes, SplitRequest request)
            throws UnsplittableException {
        boolean grouped = !items.isEmpty() && items.get(0).group() != null;
        boolean given = !items.isEmpty() && items.get(0).fold() != null;
        if (!given) {
            checkParts(items, request, grouped);
        }
        for (int label = 0; label < classes.size(); label++) {
            checkClass(items, label, classes.get(label), grouped);
        }
        return given ? given(items, classes, request, grouped) : dealt(items, classes, request, grouped);
    }

    private static void checkParts(List<SplitItem> items, SplitRequest request, boolean grouped)
            throws UnsplittableException {
        int parts = grouped ? groups(items).size() : items.size();
        String what = grouped ? "groups" : "images";
        if (parts < request.folds()) {
            throw new UnsplittableException(parts + " " + what + " cannot fill " + request.folds()
                    + " folds: ask for at most " + parts + ", or add " + what);
        }
    }

    private static Folds given(List<SplitItem> items, List<String> classes, SplitRequest request, boolean grouped)
            throws UnsplittableException {
        int[] assigned = GivenFolds.of(items);
        int count = IntStream.of(assigned).max().orElseThrow() + 1;
        Kind kind = grouped ? Kind.GROUPED_GIVEN : Kind.GIVEN;
        Folds folds = new Folds(
                assigned, counts(items, assigned, classes.size(), count), new Split(kind, request.seed(), count, null));
        GivenFolds.check(folds, classes);
        return folds;
    }

    private static Folds dealt(List<SplitItem> items, List<String> classes, SplitRequest request, boolean grouped)
            throws UnsplittableException {
        int[] assigned = grouped
                ? GroupedStratifiedFolds.assign(items, classes.size(), request.shares(), request.seed())
                : StratifiedFolds.assign(items, classes.size(), request.shares(), request.seed());
        Kind kind = grouped ? Kind.GROUPED_STRATIFIED : Kind.STRATIFIED;
        Folds folds = new Folds(
                assigned,
                counts(items, assigned, classes.size(), request.folds()),
                new Split(kind, request.seed(), request.folds(), request.validationShare()));
        checkFolds(folds, classes, request);
        return folds;
    }

    private static int[][] counts(List<SplitItem> items, int[] assigned, int classes, int folds) {
        int[][] counts = new int[folds][classes];
        for (int i = 0; i < assigned.length; i++) {
            counts[assigned[i]][items.get(i).label()]++;
        }
        return counts;
    }

    private static void checkClass(List<SplitItem> items, int label, String className, boolean grouped)
            throws UnsplittableException {
        List<SplitItem> ofClass =
                items.stream().filter(item -> item.label() == label).toList();
        if (ofClass.size() < 2) {
            throw new UnsplittableException("the class '" + className + "' has " + images(ofClass.size())
                    + ", and one each to learn from and to validate on are needed: add images of this class, or leave the"
                    + " class out of classes and CSV");
        }
        if (grouped && groups(ofClass).size() < 2) {
            throw new UnsplittableException("the class '" + className
                    + "' is in 1 group, and a group is never in two folds, so no model could learn it and be validated on"
                    + " it: add groups of this class, or leave the class out of classes and CSV");
        }
    }

    private static Set<String> groups(List<SplitItem> items) {
        return items.stream().map(SplitItem::group).collect(Collectors.toSet());
    }

    private static String images(int count) {
        return count == 0 ? "no usable images" : "1 usable image";
    }

    private static void checkFolds(Folds folds, List<String> classes, SplitRequest request)
            throws UnsplittableException {
        int needed = request.validationShare() == null ? 2 : request.folds();
        for (int fold = 0; fold < request.folds(); fold++) {
            if (folds.size(fold) == 0) {
                throw new UnsplittableException("fold " + fold + " got no group: ask for fewer folds");
            }
        }
        for (int label = 0; label < classes.size(); label++) {
            if (folds.withClass(label) < needed) {
                throw new UnsplittableException("no assignment of groups was found in which images of the class '"
                        + classes.get(label) + "' are in more than one fold: use another seed, "
                        + (request.validationShare() == null ? "fewer folds" : "another validationShare")
                        + ", or add groups of this class");
            }
        }
    }
}
