package io.karyoflow.tuner.study;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * One configuration trained once for each fold and seed: what it is worth, and how much of that is chance. All folds of the
 * first seed come first, so that a study which is stopped has whole seeds.
 *
 * @param folds that are validated on; null where who asks leaves them to {@link #orElse}
 * @param seeds of weights, shuffling, dropout and augmentation; null likewise
 */
public record Repeats(List<Integer> folds, List<Long> seeds) {
    /** @throws IllegalArgumentException if a list is empty, or holds null or something twice */
    public Repeats {
        folds = checked("folds", folds);
        seeds = checked("seeds", seeds);
    }

    /** What was left out is this one fold, this one seed. */
    public Repeats orElse(int fold, long seed) {
        return new Repeats(folds == null ? List.of(fold) : folds, seeds == null ? List.of(seed) : seeds);
    }

    /** How many trials that takes. */
    public int count() {
        return (int) Math.min((long) folds.size() * seeds.size(), Integer.MAX_VALUE);
    }

    /** @param number a trial's, from 1 to {@link #count} */
    public int fold(int number) {
        return folds.get((number - 1) % folds.size());
    }

    /** @param number a trial's, from 1 to {@link #count} */
    public long seed(int number) {
        return seeds.get((number - 1) / folds.size());
    }

    private static <T> List<T> checked(String name, List<T> values) {
        if (values == null) {
            return null;
        }
        if (values.isEmpty() || values.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException(name + " must list at least one whole number, and no null");
        }
        if (new HashSet<>(values).size() < values.size()) {
            throw new IllegalArgumentException(name + " " + values + " must not repeat");
        }
        return List.copyOf(values);
    }
}
