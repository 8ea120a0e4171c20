package io.karyoflow.ingest.dataset.split;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Folds that come with the data, as published folds and lasting validation sets do: they are checked, never changed. */
public final class GivenFolds {
    /** For messages: what a fold may be. */
    public static final String EXPECTATION = "expected a whole number from 0 to " + (SplitRequest.MOST_FOLDS - 1);

    private GivenFolds() {}

    /** @return the fold that a text means; empty if none */
    public static OptionalInt parse(String text) {
        if (!text.matches("\\d{1,9}")) {
            return OptionalInt.empty();
        }
        int fold = Integer.parseInt(text);
        return fold < SplitRequest.MOST_FOLDS ? OptionalInt.of(fold) : OptionalInt.empty();
    }

    /**
     * @return [items] the fold of each
     * @throws UnsplittableException if a group is in two folds
     */
    static int[] of(List<SplitItem> items) throws UnsplittableException {
        Map<String, Integer> foldOf = new HashMap<>();
        for (SplitItem item : items) {
            if (item.group() == null) {
                continue;
            }
            Integer other = foldOf.putIfAbsent(item.group(), item.fold());
            if (other != null && !other.equals(item.fold())) {
                throw new UnsplittableException("the column Fold has the group '" + item.group() + "' in the folds "
                        + Math.min(other, item.fold()) + " and " + Math.max(other, item.fold())
                        + ", so a model would be validated on tissue that it has learned from: give all images of a group"
                        + " one fold");
            }
        }
        return items.stream().mapToInt(SplitItem::fold).toArray();
    }

    /** @throws UnsplittableException if a fold is empty, there is only one, or a class is in one fold only */
    static void check(Folds folds, List<String> classes) throws UnsplittableException {
        int count = folds.split().folds();
        for (int fold = 0; fold < count; fold++) {
            if (folds.size(fold) == 0) {
                throw new UnsplittableException("the column Fold goes up to " + (count - 1) + ", and fold " + fold
                        + " has no usable image: number the folds from 0 without a gap");
            }
        }
        if (count < 2) {
            throw new UnsplittableException(
                    "the column Fold has every usable image in fold 0, which leaves none to learn from when it is"
                            + " validated on: have at least two folds");
        }
        for (int label = 0; label < classes.size(); label++) {
            if (folds.withClass(label) < 2) {
                throw new UnsplittableException("the column Fold has the class '" + classes.get(label)
                        + "' in one fold only, so no model could learn it and be validated on it: have it in two folds,"
                        + " or leave the class out of classes and CSV");
            }
        }
    }
}
