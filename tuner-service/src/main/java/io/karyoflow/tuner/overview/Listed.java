package io.karyoflow.tuner.overview;

import java.util.List;
import java.util.function.Function;

/**
 * A part of a list that is newest first.
 *
 * @param next the id of the first that is older; null if there is none
 */
public record Listed<T>(List<T> items, String next) {

    /** @param found one more than the limit, if there are so many: the next part begins with it */
    public static <T> Listed<T> of(List<T> found, int limit, Function<T, String> id) {
        return found.size() > limit
                ? new Listed<>(found.subList(0, limit), id.apply(found.get(limit)))
                : new Listed<>(found, null);
    }
}
