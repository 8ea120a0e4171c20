package io.karyoflow.ingest.truth;

import io.karyoflow.ingest.truth.NearestLabels.Nearest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the label that each truth is about. Whoever has the labels shows those of the {@link #slides}, and then says which
 * classes the models of the {@link #requests} know.
 */
public final class MatchTruths {
    private final List<GivenTruth> truths;
    private final int within;
    private final Map<String, NearestLabels> slides = new LinkedHashMap<>();

    /** A truth and the label that it is about. */
    public record Match(GivenTruth truth, String requestId, double distance) {}

    /**
     * @param matches one for each request
     * @param problems of the other truths
     */
    public record Matching(List<Match> matches, List<RowProblem> problems) {}

    /** @param within how far the patch of a label may be from a place, in pixels */
    public MatchTruths(List<GivenTruth> truths, int within) {
        this.truths = truths;
        this.within = within;
        for (GivenTruth truth : truths) {
            if (truth.place() != null) {
                slides.computeIfAbsent(truth.place().slide(), slide -> new NearestLabels(within))
                        .lookAround(truth.place());
            }
        }
    }

    /** On which truths have their places. */
    public Set<String> slides() {
        return slides.keySet();
    }

    /** To be called in the order in which labels were made: of those that are equally near the latest counts. */
    public void show(String slide, PlacedLabel label) {
        slides.get(slide).show(label);
    }

    /** Those that are named, and those whose labels are the nearest to a place. */
    public Set<String> requests() {
        Set<String> requests = new HashSet<>();
        truths.forEach(truth -> nearest(truth).ifPresent(label -> requests.add(label.requestId())));
        return requests;
    }

    /** @param classNames by request, of those that have a label: which classes its model knows */
    public Matching match(Map<String, List<String>> classNames) {
        Map<String, List<Match>> byRequest = new LinkedHashMap<>();
        List<RowProblem> problems = new ArrayList<>();
        for (GivenTruth truth : truths) {
            Optional<Nearest> label = nearest(truth).filter(each -> classNames.containsKey(each.requestId()));
            if (label.isPresent()) {
                Match match =
                        new Match(truth, label.get().requestId(), label.get().distance());
                byRequest
                        .computeIfAbsent(match.requestId(), request -> new ArrayList<>(1))
                        .add(match);
            } else {
                problems.add(new RowProblem(truth.line(), nothingFor(truth)));
            }
        }
        List<Match> matches = new ArrayList<>();
        byRequest.forEach((request, rivals) -> {
            List<String> known = classNames.get(request);
            Match best = best(rivals, known);
            for (Match match : rivals) {
                if (!known.contains(match.truth().className())) {
                    problems.add(ofUnknownClass(match, known));
                } else if (match != best) {
                    problems.add(passedOver(match, best));
                } else {
                    matches.add(match);
                }
            }
        });
        return new Matching(matches, problems);
    }

    /**
     * Nuclei that share a nearest label are not all the one that was labelled: the nearest is, also if no class of the model
     * fits it. Of what is said of that one the latest counts that can be used.
     */
    private static Match best(List<Match> rivals, List<String> known) {
        return Collections.min(
                rivals,
                Comparator.comparingDouble(Match::distance)
                        .thenComparing(match -> !known.contains(match.truth().className()))
                        .thenComparing(match -> -match.truth().line()));
    }

    private Optional<Nearest> nearest(GivenTruth truth) {
        return truth.place() == null
                ? Optional.of(new Nearest(truth.requestId(), 0))
                : slides.get(truth.place().slide()).to(truth.place());
    }

    private String nothingFor(GivenTruth truth) {
        return truth.place() == null
                ? "no label of request " + truth.requestId() + " is stored"
                : "no label of slide " + truth.place().slide()
                        + " is stored whose x and y, the upper left corner of its patch, are within " + within
                        + " pixels";
    }

    private static RowProblem ofUnknownClass(Match match, List<String> known) {
        return new RowProblem(
                match.truth().line(),
                "the label is '" + match.truth().className() + "'; the model that labelled request " + match.requestId()
                        + " knows " + String.join(", ", known));
    }

    private static RowProblem passedOver(Match match, Match better) {
        return new RowProblem(
                match.truth().line(),
                "line " + better.truth().line() + " is about the same label, request " + match.requestId() + ", and is "
                        + (better.distance() < match.distance() ? "nearer to it" : "later"));
    }
}
