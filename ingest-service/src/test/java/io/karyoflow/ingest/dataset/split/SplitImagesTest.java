package io.karyoflow.ingest.dataset.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.common.message.DatasetRegistered.Split.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitImagesTest {
    private static final List<String> CLASSES = List.of("a", "b", "c");

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 10})
    void stratifiedFoldsDifferByAtMostOneImagePerClassAndInAll(int folds) throws Exception {
        List<SplitItem> items = ungrouped(101, 57, 23);

        Folds split = SplitImages.split(items, CLASSES, SplitRequest.folds(folds, 7));

        int[][] counts = counts(items, split, folds);
        for (int label = 0; label < 3; label++) {
            int of = label;
            assertThat(spread(IntStream.range(0, folds)
                            .map(fold -> counts[fold][of])
                            .toArray()))
                    .isLessThanOrEqualTo(1);
        }
        assertThat(spread(split.counts().stream().mapToInt(i -> i).toArray())).isLessThanOrEqualTo(1);
        assertThat(split.split().kind()).isEqualTo(Kind.STRATIFIED);
    }

    @Test
    void aSingleSplitGivesFoldZeroItsShareOfEachClass() throws Exception {
        List<SplitItem> items = ungrouped(100, 50, 10);

        Folds split = SplitImages.split(items, CLASSES, SplitRequest.single(0.2, 1));

        assertThat(counts(items, split, 2)).isDeepEqualTo(new int[][] {{20, 10, 2}, {80, 40, 8}});
        assertThat(split.split().validationShare()).isEqualTo(0.2);
    }

    @Test
    void evenATinyShareHasEachClassInBothFolds() throws Exception {
        List<SplitItem> items = ungrouped(4, 3, 2);

        int[][] counts = counts(items, SplitImages.split(items, CLASSES, SplitRequest.single(0.01, 1)), 2);

        assertThat(counts).isDeepEqualTo(new int[][] {{1, 1, 1}, {3, 2, 1}});
    }

    @Test
    void sameSeedSameFoldsOtherSeedOtherFolds() throws Exception {
        List<SplitItem> items = ungrouped(40, 40, 40);

        assertThat(folds(items, SplitRequest.folds(5, 3))).isEqualTo(folds(items, SplitRequest.folds(5, 3)));
        assertThat(folds(items, SplitRequest.folds(5, 3))).isNotEqualTo(folds(items, SplitRequest.folds(5, 4)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4})
    void noGroupIsInTwoFoldsAndClassesStayEven(long seed) throws Exception {
        List<SplitItem> items = grouped(40, seed);

        Folds split = SplitImages.split(items, CLASSES, SplitRequest.folds(5, seed));

        assertThat(foldsOfGroups(items, split)).isNotNull();
        assertThat(split.split().kind()).isEqualTo(Kind.GROUPED_STRATIFIED);
        int[][] counts = counts(items, split, 5);
        for (int label = 0; label < 3; label++) {
            double total = 0;
            for (int[] fold : counts) {
                total += fold[label];
            }
            for (int[] fold : counts) {
                assertThat(fold[label] / total).as("share of class %d", label).isCloseTo(0.2, within(0.08));
            }
        }
    }

    @Test
    void aGroupedSingleSplitComesCloseToItsShare() throws Exception {
        List<SplitItem> items = grouped(60, 11);

        Folds split = SplitImages.split(items, CLASSES, SplitRequest.single(0.25, 0));

        foldsOfGroups(items, split);
        assertThat(split.counts().get(0) / (double) items.size()).isCloseTo(0.25, within(0.06));
    }

    /** What scikit-learn's StratifiedGroupKFold(2) does with these groups, worked out by hand. */
    @Test
    void theMostUnevenGroupsChooseFirst() throws Exception {
        List<SplitItem> items = new ArrayList<>();
        add(items, "mixed", 2, 2);
        add(items, "even", 2, 2);
        add(items, "all-a", 6, 0);
        add(items, "all-b", 0, 6);
        add(items, "also-b", 0, 4);
        add(items, "also-a", 4, 0);

        Folds split = SplitImages.split(items, List.of("a", "b"), SplitRequest.folds(2, 0));

        Map<String, Integer> folds = foldsOfGroups(items, split);
        assertThat(folds.get("all-a")).isNotEqualTo(folds.get("also-a"));
        assertThat(folds.get("all-b")).isNotEqualTo(folds.get("also-b"));
        assertThat(split.counts()).containsExactly(14, 14);
    }

    @Test
    void tooFewImagesOrGroupsSayWhatToDo() {
        assertThatThrownBy(() -> folds(ungrouped(10, 3, 10), SplitRequest.folds(5, 0)))
                .isInstanceOf(UnsplittableException.class)
                .hasMessageContaining("'b' has 3 usable images")
                .hasMessageContaining("at most 3 folds");
        assertThatThrownBy(() -> folds(ungrouped(10, 0, 10), SplitRequest.folds(5, 0)))
                .hasMessageContaining("'b' has no usable images")
                .hasMessageContaining("add images");
        List<SplitItem> items = new ArrayList<>();
        for (int group = 0; group < 6; group++) {
            add(items, "g" + group, 5, 5, group < 2 ? 9 : 0);
        }
        assertThatThrownBy(() -> folds(items, SplitRequest.folds(5, 0)))
                .isInstanceOf(UnsplittableException.class)
                .hasMessageContaining("'c' is in 2 groups")
                .hasMessageContaining("at most 2 folds");
    }

    @Test
    void requestsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> SplitRequest.folds(1, 0)).hasMessageContaining("from 2 to 100");
        assertThatThrownBy(() -> SplitRequest.single(1, 0)).hasMessageContaining("below 1");
        assertThatThrownBy(() -> SplitRequest.single(Double.NaN, 0)).hasMessageContaining("validationShare");
        assertThatThrownBy(() -> new SplitRequest(5, 0.2, 0)).hasMessageContaining("not both");
    }

    private static List<Integer> folds(List<SplitItem> items, SplitRequest request) throws UnsplittableException {
        Folds split = SplitImages.split(items, CLASSES, request);
        return IntStream.range(0, items.size()).mapToObj(split::of).toList();
    }

    /** Fails if a group is in two folds. */
    private static Map<String, Integer> foldsOfGroups(List<SplitItem> items, Folds split) {
        Map<String, Integer> folds = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            Integer other = folds.put(items.get(i).group(), split.of(i));
            assertThat(other == null || other == split.of(i))
                    .as("group %s in two folds", items.get(i).group())
                    .isTrue();
        }
        return folds;
    }

    private static List<SplitItem> ungrouped(int... counts) {
        List<SplitItem> items = new ArrayList<>();
        add(items, null, counts);
        return items;
    }

    private static List<SplitItem> grouped(int groups, long seed) {
        Random random = new Random(seed);
        List<SplitItem> items = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            add(items, "tile-" + group, random.nextInt(30), random.nextInt(12), 3 + random.nextInt(6));
        }
        return items;
    }

    private static void add(List<SplitItem> items, String group, int... counts) {
        for (int label = 0; label < counts.length; label++) {
            for (int i = 0; i < counts[label]; i++) {
                items.add(new SplitItem(label, group));
            }
        }
    }

    private static int[][] counts(List<SplitItem> items, Folds split, int folds) {
        int[][] counts = new int[folds][CLASSES.size()];
        for (int i = 0; i < items.size(); i++) {
            counts[split.of(i)][items.get(i).label()]++;
        }
        return counts;
    }

    private static int spread(int[] values) {
        return IntStream.of(values).max().orElseThrow()
                - IntStream.of(values).min().orElseThrow();
    }
}
