package io.karyoflow.tuner.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.tuner.study.Repeats;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RepeatedTrialsTest {
    private static final Offset<Double> CLOSE = within(1e-12);

    /** Numbers 1 and 2 are seed 7, 3 and 4 seed 5. */
    private static final Repeats REPEATS = new Repeats(List.of(0, 1), List.of(7L, 5L));

    @Test
    void foldsOfASeedAreTakenTogetherAndSeedsAreAveraged() {
        List<RepeatedMeasure> measures = new RepeatedTrials(
                        REPEATS,
                        Map.of(
                                1, report(0.1, 3, 1, 0, 0), // of one class alone
                                2, report(0.2, 2, 0, 1, 3),
                                3, report(0.3, 4, 0, 0, 0),
                                4, report(0.4, 1, 1, 2, 2)))
                .measures();

        assertThat(measures)
                .extracting(RepeatedMeasure::name)
                .containsExactly("macro F1", "accuracy", "F1 a", "F1 b", "ECE after scaling");
        // seed 7 has [5 1; 1 3], seed 5 [5 1; 2 2]
        RepeatedMeasure accuracy = measures.get(1);
        assertThat(accuracy.bySeed()).containsExactly(0.8, 0.7);
        assertThat(accuracy.mean()).isEqualTo(0.75, CLOSE);
        assertThat(accuracy.sd()).isEqualTo(0.1 / Math.sqrt(2), CLOSE);
        assertThat(accuracy.byFold().get(0)).isEqualTo((0.75 + 1) / 2, CLOSE);
        assertThat(accuracy.byFold().get(1)).isEqualTo((5.0 / 6 + 3.0 / 6) / 2, CLOSE);
        assertThat(accuracy.meanOverFolds()).isEqualTo((0.875 + 2.0 / 3) / 2, CLOSE);
        assertThat(accuracy.lowestFold()).isEqualTo(2.0 / 3, CLOSE);
        assertThat(accuracy.highestFold()).isEqualTo(0.875, CLOSE);
        // F1 = 2TP / (2TP + FP + FN)
        double a = (10.0 / 12 + 10.0 / 13) / 2;
        double b = (6.0 / 8 + 4.0 / 7) / 2;
        assertThat(measures.get(2).mean()).isEqualTo(a, CLOSE);
        assertThat(measures.get(3).mean()).isEqualTo(b, CLOSE);
        assertThat(measures.get(0).mean()).isEqualTo((a + b) / 2, CLOSE);
        // fold 0 has no image of class b
        assertThat(measures.get(3).byFold().get(0)).isNull();
        assertThat(measures.get(3).meanOverFolds()).isEqualTo((6.0 / 7 + 4.0 / 7) / 2, CLOSE);
        assertThat(measures.get(4).bySeed()).containsExactly(null, null);
        assertThat(measures.get(4).mean()).isNull();
        assertThat(measures.get(4).meanOverFolds()).isEqualTo(0.25, CLOSE);
    }

    @Test
    void aSeedOfWhichAFoldIsMissingDoesNotCount() {
        RepeatedMeasure accuracy = new RepeatedTrials(
                        REPEATS,
                        Map.of(1, report(0.1, 3, 1, 0, 0), 2, report(0.2, 2, 0, 1, 3), 3, report(0.3, 4, 0, 0, 0)))
                .measures()
                .get(1);
        assertThat(accuracy.bySeed()).isEqualTo(Arrays.asList(0.8, null));
        assertThat(accuracy.mean()).isEqualTo(0.8);
        assertThat(accuracy.sd()).isNull();
        assertThat(accuracy.byFold()).containsExactly(0.875, 5.0 / 6);
    }

    @Test
    void beforeTheFirstIsCompletedThereIsNothingToSay() {
        assertThat(new RepeatedTrials(REPEATS, Map.of()).measures()).isEmpty();
    }

    /** @param counts of a as a, a as b, b as a, b as b */
    private static TrialReport report(double calibrationError, int... counts) {
        return new TrialReport(
                3,
                List.of("a", "b"),
                List.of(List.of(counts[0], counts[1]), List.of(counts[2], counts[3])),
                List.of(),
                null,
                1,
                0.5,
                calibrationError,
                null,
                null);
    }
}
