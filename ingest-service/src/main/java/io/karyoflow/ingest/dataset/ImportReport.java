package io.karyoflow.ingest.dataset;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was found wrong with a data set.
 *
 * @param problems the first of them
 * @param problemCount all of them
 * @param countsByKind all of them by kind
 */
public record ImportReport(List<Problem> problems, int problemCount, Map<Problem.Kind, Integer> countsByKind) {
    public static final ImportReport EMPTY = of(List.of(), 0);

    /** @param listed how many to list */
    static ImportReport of(List<Problem> problems, int listed) {
        Map<Problem.Kind, Integer> counts = new EnumMap<>(Problem.Kind.class);
        problems.forEach(problem -> counts.merge(problem.kind(), 1, Integer::sum));
        return new ImportReport(
                List.copyOf(problems.subList(0, Math.min(listed, problems.size()))), problems.size(), counts);
    }

    boolean refuses() {
        return countsByKind.keySet().stream().anyMatch(Problem.Kind::refuses);
    }
}
