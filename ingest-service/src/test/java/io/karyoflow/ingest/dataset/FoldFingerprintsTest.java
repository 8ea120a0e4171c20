package io.karyoflow.ingest.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.Sha256;
import io.karyoflow.ingest.dataset.split.Folds;
import io.karyoflow.ingest.dataset.split.SplitImages;
import io.karyoflow.ingest.dataset.split.SplitItem;
import io.karyoflow.ingest.dataset.split.SplitRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fold 0 has the images a, b and c, whatever is in fold 1. */
class FoldFingerprintsTest {
    private static final List<String> CLASSES = List.of("muscle", "cancer");
    private static final List<LabelledFile> ROUND =
            List.of(file("a", 0, 0), file("b", 1, 0), file("c", 1, 0), file("d", 0, 1), file("e", 1, 1));

    @Test
    void isTheSameWhileTheOtherFoldGrows() throws Exception {
        List<LabelledFile> nextRound = new ArrayList<>(ROUND);
        nextRound.add(0, file("aa", 1, 1));

        List<String> before = fingerprints(ROUND, CLASSES);
        List<String> after = fingerprints(nextRound, CLASSES);

        assertThat(after).hasSize(2).doesNotHaveDuplicates();
        assertThat(after.get(0)).isEqualTo(before.get(0));
        assertThat(after.get(1)).isNotEqualTo(before.get(1));
    }

    @Test
    void dependsOnNeitherOrderNorNamesNorGroups() throws Exception {
        List<LabelledFile> reversed = new ArrayList<>(ROUND);
        Collections.reverse(reversed);
        List<LabelledFile> renamed = ROUND.stream()
                .map(file -> new LabelledFile(
                        null,
                        "new-" + file.filename(),
                        file.label(),
                        "slide " + file.fold(),
                        file.fold(),
                        file.id(),
                        file.contentType()))
                .toList();

        assertThat(fingerprints(reversed, CLASSES)).isEqualTo(fingerprints(ROUND, CLASSES));
        assertThat(fingerprints(renamed, CLASSES)).isEqualTo(fingerprints(ROUND, CLASSES));
    }

    @Test
    void dependsOnBytesAndLabelsOfEachImageAndOnTheClasses() throws Exception {
        String before = fingerprints(ROUND, CLASSES).get(0);

        for (LabelledFile other : List.of(file("x", 1, 0), file("c", 0, 0), file("c", 1, 1))) {
            List<LabelledFile> changed = new ArrayList<>(ROUND);
            changed.set(2, other);
            assertThat(fingerprints(changed, CLASSES).get(0)).as("%s", other).isNotEqualTo(before);
        }
        assertThat(fingerprints(ROUND, List.of("cancer", "muscle")).get(0)).isNotEqualTo(before);
        assertThat(fingerprints(ROUND, List.of("muscle", "tumour")).get(0)).isNotEqualTo(before);
    }

    @Test
    void hasTheFormThatIsStored() throws Exception {
        assertThat(fingerprints(ROUND, CLASSES).get(0))
                .isEqualTo(Sha256.of("[\"muscle\",\"cancer\"]\na 0\nb 1\nc 1\n".getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> fingerprints(List<LabelledFile> files, List<String> classes) throws Exception {
        List<SplitItem> items = files.stream()
                .map(file -> new SplitItem(file.label(), file.group(), file.fold()))
                .toList();
        Folds folds = SplitImages.split(items, classes, SplitRequest.folds(2, 0));
        return FoldFingerprints.of(files, folds, classes);
    }

    private static LabelledFile file(String id, int label, int fold) {
        return new LabelledFile(null, id + ".png", label, null, fold, id, "image/png");
    }
}
