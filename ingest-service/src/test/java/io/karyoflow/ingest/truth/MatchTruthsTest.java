package io.karyoflow.ingest.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.ingest.truth.GivenTruth.Place;
import io.karyoflow.ingest.truth.MatchTruths.Matching;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MatchTruthsTest {
    private static final List<String> CLASSES = List.of("muscle", "cancer");

    @Test
    void theNearestLabelOfTheSlideIsMeant() {
        MatchTruths matchTruths = new MatchTruths(List.of(at(2, 100, -100), at(3, 500, 500)), 20);
        assertThat(matchTruths.slides()).containsExactly("7");
        matchTruths.show("7", new PlacedLabel("far", 88, -116)); // 20 pixels away
        matchTruths.show("7", new PlacedLabel("near", 112, -109)); // 15
        matchTruths.show("7", new PlacedLabel("too far", 79, -100)); // 21
        matchTruths.show("7", new PlacedLabel("not asked for", 0, 0));
        matchTruths.show("7", new PlacedLabel("at its border", 500, 480));

        assertThat(matchTruths.requests()).containsExactlyInAnyOrder("at its border", "near");
        assertThat(matched(matchTruths.match(Map.of("at its border", CLASSES, "near", CLASSES))))
                .containsExactlyInAnyOrder("at its border: line 3", "near: line 2");
    }

    @Test
    void aLabelIsFoundInWhicheverDirectionItLies() {
        for (int right : new int[] {-14, 0, 14}) {
            for (int down : new int[] {-14, 0, 14}) {
                MatchTruths matchTruths = new MatchTruths(List.of(at(2, 10, 10)), 20);
                matchTruths.show("7", new PlacedLabel("a", 10 + right, 10 + down));

                assertThat(matchTruths.requests()).as("%d, %d", right, down).containsExactly("a");
            }
        }
    }

    @Test
    void ofLabelsAsNearTheLatestIsMeant() {
        MatchTruths matchTruths = new MatchTruths(List.of(at(2, 100, 100)), 0);
        matchTruths.show("7", new PlacedLabel("before", 100, 100));
        matchTruths.show("7", new PlacedLabel("after", 100, 100));

        assertThat(matchTruths.requests()).containsExactly("after");
    }

    @Test
    void ofNucleiThatShareANearestLabelTheNearestIsIt() {
        MatchTruths matchTruths = new MatchTruths(List.of(at(2, 103, 100), at(3, 101, 100), at(4, 102, 100)), 20);
        matchTruths.show("7", new PlacedLabel("a", 100, 100));

        Matching matching = matchTruths.match(Map.of("a", CLASSES));
        assertThat(matched(matching)).containsExactly("a: line 3");
        assertThat(matching.problems())
                .containsExactly(
                        new RowProblem(2, "line 3 is about the same label, request a, and is nearer to it"),
                        new RowProblem(4, "line 3 is about the same label, request a, and is nearer to it"));
    }

    @Test
    void aLabelIsNotThatOfAFartherNucleusBecauseNoClassFitsTheNearest() {
        MatchTruths matchTruths = new MatchTruths(List.of(at(2, 101, 100, "fat"), at(3, 110, 100, "muscle")), 20);
        matchTruths.show("7", new PlacedLabel("a", 100, 100));

        Matching matching = matchTruths.match(Map.of("a", CLASSES));
        assertThat(matching.matches()).isEmpty();
        assertThat(matching.problems())
                .containsExactly(
                        new RowProblem(2, "the label is 'fat'; the model that labelled request a knows muscle, cancer"),
                        new RowProblem(3, "line 2 is about the same label, request a, and is nearer to it"));
    }

    @Test
    void aMisspeltClassDoesNotTakeThePlaceOfOneThatIsKnown() {
        Matching matching =
                new MatchTruths(List.of(of(2, "a", "muscle"), of(3, "a", "Cancer")), 0).match(Map.of("a", CLASSES));

        assertThat(matched(matching)).containsExactly("a: line 2");
        assertThat(matching.problems()).extracting(RowProblem::line).containsExactly(3L);
    }

    @Test
    void ofTwoTruthsOfARequestTheLaterCounts() {
        Matching matching =
                new MatchTruths(List.of(of(2, "a", "muscle"), of(3, "a", "cancer")), 0).match(Map.of("a", CLASSES));

        assertThat(matched(matching)).containsExactly("a: line 3");
        assertThat(matching.problems())
                .containsExactly(new RowProblem(2, "line 3 is about the same label, request a, and is later"));
    }

    @Test
    void whatHasNoLabelOrNoSuchClassIsSaidByLine() {
        Matching matching = new MatchTruths(List.of(of(2, "nobody's", "muscle"), of(3, "a", "Cancer"), at(4, 1, 2)), 5)
                .match(Map.of("a", CLASSES));

        assertThat(matching.matches()).isEmpty();
        assertThat(matching.problems())
                .containsExactlyInAnyOrder(
                        new RowProblem(2, "no label of request nobody's is stored"),
                        new RowProblem(
                                3, "the label is 'Cancer'; the model that labelled request a knows muscle, cancer"),
                        new RowProblem(
                                4,
                                "no label of slide 7 is stored whose x and y, the upper left corner of its patch, are"
                                        + " within 5 pixels"));
    }

    private static GivenTruth of(long line, String request, String className) {
        return new GivenTruth(line, request, null, className, false);
    }

    private static GivenTruth at(long line, long x, long y) {
        return at(line, x, y, "muscle");
    }

    private static GivenTruth at(long line, long x, long y, String className) {
        return new GivenTruth(line, null, new Place("7", x, y), className, false);
    }

    private static List<String> matched(Matching matching) {
        return matching.matches().stream()
                .map(match -> match.requestId() + ": line " + match.truth().line())
                .toList();
    }
}
