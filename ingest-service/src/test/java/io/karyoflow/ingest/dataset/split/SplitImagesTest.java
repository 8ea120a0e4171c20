package io.karyoflow.ingest.dataset.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.common.message.DatasetRegistered.Split;
import io.karyoflow.common.message.DatasetRegistered.Split.Kind;
import io.karyoflow.common.message.MessageJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
        assertThat(spread(sizes(split))).isLessThanOrEqualTo(1);
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
        assertThat(sizes(split)[0] / (double) items.size()).isCloseTo(0.25, within(0.06));
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
        assertThat(sizes(split)).containsExactly(14, 14);
    }

    /** As tissue banks have them: 4 slides of one class. Five folds are possible all the same. */
    @Test
    void aClassInFewerGroupsThanFoldsIsMissingInSome() throws Exception {
        List<SplitItem> items = grouped(30, 5);
        items.removeIf(item -> item.label() == 1);
        for (int group = 0; group < 4; group++) {
            add(items, "rare-" + group, 2, 20 * (group + 1), 0);
        }

        Folds split = SplitImages.split(items, CLASSES, SplitRequest.folds(5, 0));

        foldsOfGroups(items, split);
        assertThat(split.counts())
                .isEqualTo(Stream.of(counts(items, split, 5))
                        .map(fold -> IntStream.of(fold).boxed().toList())
                        .toList());
        assertThat(split.counts().stream().map(fold -> fold.get(1))).containsExactlyInAnyOrder(0, 20, 40, 60, 80);
        assertThat(split.counts().stream().map(fold -> fold.get(0))).doesNotContain(0);
    }

    @Test
    void tooFewImagesOrGroupsSayWhatToDo() {
        assertThatThrownBy(() -> folds(ungrouped(10, 1, 10), SplitRequest.folds(5, 0)))
                .isInstanceOf(UnsplittableException.class)
                .hasMessageContaining("'b' has 1 usable image")
                .hasMessageContaining("add images");
        assertThatThrownBy(() -> folds(ungrouped(10, 0, 10), SplitRequest.folds(5, 0)))
                .hasMessageContaining("'b' has no usable images")
                .hasMessageContaining("add images");
        assertThatThrownBy(() -> folds(ungrouped(2, 2, 2), SplitRequest.folds(7, 0)))
                .hasMessageContaining("6 images cannot fill 7 folds")
                .hasMessageContaining("at most 6");
        List<SplitItem> items = new ArrayList<>();
        for (int group = 0; group < 6; group++) {
            add(items, "g" + group, 5, 5, group < 1 ? 9 : 0);
        }
        assertThatThrownBy(() -> folds(items, SplitRequest.folds(5, 0)))
                .isInstanceOf(UnsplittableException.class)
                .hasMessageContaining("'c' is in 1 group")
                .hasMessageContaining("add groups");
        assertThatThrownBy(() -> folds(items, SplitRequest.folds(8, 0)))
                .hasMessageContaining("6 groups cannot fill 8 folds")
                .hasMessageContaining("at most 6");
    }

    @Test
    void foldsThatComeWithTheDataAreKept() throws Exception {
        List<SplitItem> items = List.of(
                new SplitItem(0, "p", 2),
                new SplitItem(1, "q", 0),
                new SplitItem(1, "p", 2),
                new SplitItem(0, "q", 0),
                new SplitItem(0, "r", 1),
                new SplitItem(0, "s", 1));

        Folds split = given(items);

        assertThat(IntStream.range(0, items.size()).map(split::of)).containsExactly(2, 0, 2, 0, 1, 1);
        assertThat(split.counts())
                .as("fold 1 lacks a class")
                .containsExactly(List.of(1, 1), List.of(2, 0), List.of(1, 1));
        assertThat(split.split()).isEqualTo(new Split(Kind.GROUPED_GIVEN, 0, 3, null));
        assertThat(given(givenFolds("a0 b0 a1 b1")).split().kind()).isEqualTo(Kind.GIVEN);
    }

    @Test
    void givenFoldsThatCannotBeValidatedOnSayWhatToDo() {
        assertThatThrownBy(() -> given(List.of(
                        new SplitItem(0, "p", 4),
                        new SplitItem(1, "p", 4),
                        new SplitItem(0, "q", 0),
                        new SplitItem(1, "q", 0),
                        new SplitItem(1, "p", 0))))
                .isInstanceOf(UnsplittableException.class)
                .hasMessageContaining("'p' in the folds 0 and 4")
                .hasMessageContaining("one fold");
        assertThatThrownBy(() -> given(givenFolds("a1 b1 a2 b2")))
                .isInstanceOf(UnsplittableException.class)
                .hasMessageContaining("fold 0 has no usable image")
                .hasMessageContaining("from 0");
        assertThatThrownBy(() -> given(givenFolds("a0 b0 a0 b0")))
                .isInstanceOf(UnsplittableException.class)
                .hasMessageContaining("at least two folds");
        assertThatThrownBy(() -> given(givenFolds("a0 a1 a2 b2 b2")))
                .isInstanceOf(UnsplittableException.class)
                .hasMessageContaining("'b' in one fold only");
        assertThatThrownBy(() -> given(givenFolds("a0 a1 b1")))
                .isInstanceOf(UnsplittableException.class)
                .hasMessageContaining("'b' has 1 usable image");
    }

    @Test
    void aRequestThatWasStoredBeforeDataCouldComeWithFoldsWasAskedFor() {
        assertThat(MessageJson.read("{\"folds\":5,\"seed\":3}", SplitRequest.class))
                .isEqualTo(SplitRequest.folds(5, 3));
        SplitRequest byDefault = SplitRequest.single(0.2, 1).unlessGiven();
        assertThat(MessageJson.read(MessageJson.write(byDefault), SplitRequest.class))
                .isEqualTo(byDefault)
                .isNotEqualTo(SplitRequest.single(0.2, 1));
    }

    @Test
    void requestsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> SplitRequest.folds(1, 0)).hasMessageContaining("from 2 to 100");
        assertThatThrownBy(() -> SplitRequest.single(1, 0)).hasMessageContaining("below 1");
        assertThatThrownBy(() -> SplitRequest.single(Double.NaN, 0)).hasMessageContaining("validationShare");
        assertThatThrownBy(() -> new SplitRequest(5, 0.2, 0, false)).hasMessageContaining("not both");
    }

    private static List<Integer> folds(List<SplitItem> items, SplitRequest request) throws UnsplittableException {
        Folds split = SplitImages.split(items, CLASSES, request);
        return IntStream.range(0, items.size()).mapToObj(split::of).toList();
    }

    private static Folds given(List<SplitItem> items) throws UnsplittableException {
        return SplitImages.split(
                items, List.of("a", "b"), SplitRequest.folds(5, 0).unlessGiven());
    }

    /** @param images such as {@code a0 b1}: class a in fold 0, class b in fold 1 */
    private static List<SplitItem> givenFolds(String images) {
        return Stream.of(images.split(" "))
                .map(image -> new SplitItem(image.charAt(0) - 'a', null, image.charAt(1) - '0'))
                .toList();
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
                items.add(new SplitItem(label, group, null));
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

    private static int[] sizes(Folds split) {
        return split.counts().stream()
                .mapToInt(fold -> fold.stream().mapToInt(i -> i).sum())
                .toArray();
    }

    private static int spread(int[] values) {
        return IntStream.of(values).max().orElseThrow()
                - IntStream.of(values).min().orElseThrow();
    }
}
