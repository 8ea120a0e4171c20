package io.karyoflow.benchmarks.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.trainer.evaluation.Predictions;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccuracyTablesTest {
    private static final List<String> CLASSES = List.of("a", "b");

    @Test
    void severalSeedsOfAFoldCountAsOne() {
        List<FoldResult> results = List.of(
                result(0, 1, new int[][] {{4, 0}, {0, 4}}), // accuracy 1
                result(0, 2, new int[][] {{2, 2}, {2, 2}}), // 0.5
                result(1, 1, new int[][] {{3, 1}, {1, 3}}), // 0.75
                result(1, 2, new int[][] {{1, 3}, {3, 1}})); // 0.25

        String table = new AccuracyTables(CLASSES, results).trials();

        // fold means 0.75 and 0.5; each fold's seeds differ from their mean by 0.25
        assertThat(table).contains("| mean over folds |  | 0.6250 |");
        assertThat(table).contains("| sd over folds |  | 0.1768 |");
        assertThat(table).contains("| sd over seeds |  | 0.3536 |");
    }

    @Test
    void aClassThatAFoldLacksCountsOnlyWhereItIs() {
        List<FoldResult> results = List.of(
                result(0, 1, new int[][] {{3, 1}, {0, 0}}), // no b: F1 of a 6/7
                result(1, 1, new int[][] {{2, 0}, {0, 2}}));

        AccuracyTables tables = new AccuracyTables(CLASSES, results);

        assertThat(tables.trials())
                .contains("| 0 | 1 | 0.7500 | 0.4286 | 0.8571 | 0.8571 |  |")
                .contains("| mean over folds |  | 0.8750 | 0.7143 | 0.9286 | 0.9286 | 1.0000 |");
        // together {5, 1}, {0, 2}: F1 10/11 and 4/5
        assertThat(tables.trials()).contains("| folds together | 1 | 0.8750 | 0.8545 | 0.8545 | 0.9091 | 0.8000 |");
        assertThat(tables.confusionMatrix()).contains("| a | 5 | 1 |").contains("| b | 0 | 2 |");
        // scaled, 3 of 4 are right at 0.9, which 4 right ones allow, and 4 of 4 at 3/4: (0.6 + 1) / 8
        assertThat(tables.resultLine())
                .isEqualTo(
                        "RESULT macro_f1=0.7143 macro_f1_sd=0.4041 macro_f1_of_present=0.9286 accuracy=0.8750 ece=0.1000"
                                + " together_macro_f1=0.8545 together_accuracy=0.8750 together_ece=0.2000");
    }

    /** A logit of 1 is a confidence of e / (1 + e) = 0.7311, and any temperature below 1 brings it closer to 1. */
    @Test
    void aFoldIsScaledByWhatFitsTheOthers() {
        int[][] alwaysRight = {{5, 0}, {0, 5}};
        int[][] halfRight = {{5, 5}, {5, 5}};

        String same =
                new AccuracyTables(CLASSES, List.of(result(0, 1, alwaysRight), result(1, 1, alwaysRight))).trials();
        String unlike =
                new AccuracyTables(CLASSES, List.of(result(0, 1, alwaysRight), result(1, 1, halfRight))).trials();

        // before: 1 - 0.7311; after: as sure as 10 right ones allow, 1 / 22 is left
        assertThat(same)
                .contains("| folds together | 1 | 1.0000 | 1.0000 | 1.0000 | 1.0000 | 1.0000 | 0.2689 | 0.0455 |");
        // at the highest temperature, 20, 10 of 10 are right at 0.5125; at the other, 10 of 20 at 21 / 22: (4.875 +
        // 9.091) / 30
        assertThat(unlike).contains(" | 0.0644 | 0.4655 |");
    }

    @Test
    void oneFoldHasNoDeviation() {
        AccuracyTables tables = new AccuracyTables(CLASSES, List.of(result(0, 1, new int[][] {{2, 0}, {0, 0}})));

        assertThat(tables.resultLine()).contains("macro_f1_sd=NaN");
        assertThat(tables.trials())
                .contains("| sd over folds |  |  |  |  |  |  |  |  |  |")
                .doesNotContain("sd over seeds");
    }

    /** @param counts [label][predicted] */
    private static FoldResult result(int fold, long seed, int[][] counts) {
        Predictions predictions = new Predictions(CLASSES.size());
        for (int label = 0; label < counts.length; label++) {
            for (int predicted = 0; predicted < counts.length; predicted++) {
                for (int n = 0; n < counts[label][predicted]; n++) {
                    predictions.add(new float[][] {{predicted == 0 ? 1 : 0, predicted}}, new int[] {label});
                }
            }
        }
        return new FoldResult(fold, seed, predictions, 1, 0.2, 0.1, List.of(), 60);
    }
}
