package io.karyoflow.ingest.dataset;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was found wrong with a data set, or questionable.
 *
 * @param problems the first of each kind
 * @param problemCount all of them
 * @param countsByKind all of them by kind
 * @param warnings what is no problem of any file, and no reason to refuse the data set
 */
public record ImportReport(
        List<Problem> problems, int problemCount, Map<Problem.Kind, Integer> countsByKind, List<String> warnings) {
    public static final ImportReport EMPTY = of(List.of(), 0, List.of());

    public ImportReport {
        warnings = warnings == null ? List.of() : warnings; // reports that were written before there were any
    }

    /** @param listed how many of each kind to list, so that many of one do not hide the others */
    static ImportReport of(List<Problem> problems, int listed, List<String> warnings) {
        Map<Problem.Kind, Integer> counts = new EnumMap<>(Problem.Kind.class);
        List<Problem> first = new ArrayList<>();
        for (Problem problem : problems) {
            if (counts.merge(problem.kind(), 1, Integer::sum) <= listed) {
                first.add(problem);
            }
        }
        return new ImportReport(List.copyOf(first), problems.size(), counts, warnings);
    }

    boolean refuses() {
        return countsByKind.keySet().stream().anyMatch(Problem.Kind::refuses);
    }
}
