package io.karyoflow.ingest.dataset;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was found wrong with a data set.
 *
 * @param problems the first of each kind
 * @param problemCount all of them
 * @param countsByKind all of them by kind
 */
public record ImportReport(List<Problem> problems, int problemCount, Map<Problem.Kind, Integer> countsByKind) {
    public static final ImportReport EMPTY = of(List.of(), 0);

    /** @param listed how many of each kind to list, so that many of one do not hide the others */
    static ImportReport of(List<Problem> problems, int listed) {
        Map<Problem.Kind, Integer> counts = new EnumMap<>(Problem.Kind.class);
        List<Problem> first = new ArrayList<>();
        for (Problem problem : problems) {
            if (counts.merge(problem.kind(), 1, Integer::sum) <= listed) {
                first.add(problem);
            }
        }
        return new ImportReport(List.copyOf(first), problems.size(), counts);
    }

    boolean refuses() {
        return countsByKind.keySet().stream().anyMatch(Problem.Kind::refuses);
    }
}
