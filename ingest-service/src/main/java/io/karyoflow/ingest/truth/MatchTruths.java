package io.karyoflow.ingest.truth;

import io.karyoflow.ingest.truth.NearestLabels.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
     * @param matches one for each request, in the order of their ids, so that two who store at once do not wait for each other
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
        Set<String> requests = new TreeSet<>();
        truths.forEach(truth -> nearest(truth).ifPresent(label -> requests.add(label.requestId())));
        return requests;
    }

    /** @param classNames by request, of those that have a label: which classes its model knows */
    public Matching match(Map<String, List<String>> classNames) {
        Map<String, Match> matches = new LinkedHashMap<>();
        List<RowProblem> problems = new ArrayList<>();
        for (GivenTruth truth : truths) {
            Optional<Nearest> label = nearest(truth).filter(each -> classNames.containsKey(each.requestId()));
            if (label.isEmpty()) {
                problems.add(new RowProblem(truth.line(), nothingFor(truth)));
                continue;
            }
            String request = label.get().requestId();
            if (!classNames.get(request).contains(truth.className())) {
                problems.add(new RowProblem(
                        truth.line(),
                        "the label is '" + truth.className() + "'; the model that labelled request " + request
                                + " knows " + String.join(", ", classNames.get(request))));
                continue;
            }
            Match match = new Match(truth, request, label.get().distance());
            Match rival = matches.get(request);
            if (rival == null) {
                matches.put(request, match);
            } else if (match.distance() <= rival.distance()) {
                matches.put(request, match);
                problems.add(passedOver(rival, match));
            } else {
                problems.add(passedOver(match, rival));
            }
        }
        return new Matching(
                matches.values().stream()
                        .sorted(Comparator.comparing(Match::requestId))
                        .toList(),
                problems);
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
                        + " is stored whose x and y, the upper left corner of its" + " patch, are within " + within
                        + " pixels";
    }

    /** Two nuclei that share a nearest label are not both the one that was labelled. */
    private static RowProblem passedOver(Match match, Match better) {
        return new RowProblem(
                match.truth().line(),
                "line " + better.truth().line() + " is about the same label, request " + match.requestId() + ", and is "
                        + (better.distance() < match.distance() ? "nearer to it" : "later"));
    }
}
