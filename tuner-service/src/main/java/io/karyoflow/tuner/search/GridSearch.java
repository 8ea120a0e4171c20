package io.karyoflow.tuner.search;

import io.karyoflow.tuner.space.SearchSpace;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Every combination of {@code points} values a parameter, in an order shuffled by the study's seed: a study with fewer
 * trials than the grid has combinations, or one that is stopped early, has then seen all of the space and not one corner.
 *
 * @param points values for each range, at least 1; 3 if it is left out
 */
public record GridSearch(Integer points) implements SearchAlgorithm {
    /** Beyond this a grid is not what its owner wants. */
    private static final int MAX_COMBINATIONS = 10_000;

    /** @throws IllegalArgumentException if {@code points} is below 1 */
    public GridSearch {
        points = points == null ? 3 : points;
        if (points < 1 || points > MAX_COMBINATIONS) {
            throw new IllegalArgumentException("points is " + points + "; it must be from 1 to " + MAX_COMBINATIONS);
        }
    }

    @Override
    public Map<String, Object> propose(SearchSpace space, long seed, int number, List<FinishedTrial> finished) {
        int size = Math.toIntExact(space.gridSize(points));
        List<Integer> order =
                new java.util.ArrayList<>(IntStream.range(0, size).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        return space.gridPoint(points, order.get(number - 1));
    }

    @Override
    public Optional<String> problem(SearchSpace space, int trials) {
        long size = space.gridSize(points);
        return size > MAX_COMBINATIONS
                ? Optional.of("search: the grid has " + size + " combinations, more than " + MAX_COMBINATIONS
                        + "; use fewer points or parameters, or the search \"random\"")
                : Optional.empty();
    }

    @Override
    public String summary() {
        return "grid, " + points + " points a range";
    }

    @Override
    public OptionalLong limit(SearchSpace space) {
        return OptionalLong.of(space.gridSize(points));
    }
}
