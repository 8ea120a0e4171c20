package io.karyoflow.ingest.dataset;

import static io.karyoflow.ingest.TestImages.png;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.karyoflow.common.dataset.ImageFiles;
import io.karyoflow.common.dataset.UnusableFileException;
import io.karyoflow.ingest.TestImages;
import io.karyoflow.ingest.dataset.CheckSource.Checked;
import io.karyoflow.ingest.dataset.Problem.Kind;
import io.karyoflow.ingest.dataset.split.SplitRequest;
import io.karyoflow.ingest.image.CheckImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckSourceTest {
    @TempDir
    Path folder;

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final StringBuilder csv = new StringBuilder("Filename,Label\n");
    private SplitRequest split = SplitRequest.folds(2, 0).unlessGiven();

    @BeforeEach
    void oneGoodImage() {
        image("good.png", png(1), "0");
    }

    @Test
    void everyProblemIsReportedByFileAndKindAndTheRestIsUsable() throws Exception {
        csv.append("absent.png,0\n");
        files.put("unnamed.png", png(2));
        image("high.png", png(3), "2");
        image("word.png", png(4), "Cell");
        image("blank.png", png(5), "");
        image("twice.png", png(6), "0");
        csv.append("twice.png,1\n");
        image("this.png", png(7), "0");
        image("that.png", png(7), "1");
        image("copy.png", png(1), "A");
        image("cut.png", TestImages.truncated(png(8)), "0");
        image("zero.png", new byte[0], "0");
        image("text.png", "hello".getBytes(), "1");
        image("wide.png", TestImages.encoded(9, 65, "png"), "1");
        image("heavy.png", new byte[100_001], "1");
        files.put("../../evil.png", png(10));
        files.put("C:\\evil.png", png(10));
        csv.append(",1\n");

        Checked checked = check(true);

        assertThat(checked.problems())
                .extracting(Problem::file, Problem::kind)
                .containsExactlyInAnyOrder(
                        tuple("absent.png", Kind.ROW_WITHOUT_FILE),
                        tuple("unnamed.png", Kind.FILE_WITHOUT_ROW),
                        tuple("high.png", Kind.UNKNOWN_LABEL),
                        tuple("word.png", Kind.UNKNOWN_LABEL),
                        tuple("blank.png", Kind.MISSING_LABEL),
                        tuple("twice.png", Kind.NAMED_TWICE),
                        tuple("this.png", Kind.SAME_BYTES_OTHER_LABEL),
                        tuple("that.png", Kind.SAME_BYTES_OTHER_LABEL),
                        tuple("copy.png", Kind.DUPLICATE),
                        tuple("cut.png", Kind.TRUNCATED),
                        tuple("zero.png", Kind.EMPTY),
                        tuple("text.png", Kind.NOT_AN_IMAGE),
                        tuple("wide.png", Kind.TOO_LARGE),
                        tuple("heavy.png", Kind.TOO_LARGE),
                        tuple("../../evil.png", Kind.ESCAPES_FOLDER),
                        tuple("C:\\evil.png", Kind.ESCAPES_FOLDER),
                        tuple("line 17", Kind.MISSING_FILENAME));
        assertThat(checked.usable()).extracting(LabelledFile::filename).containsExactly("good.png");
    }

    @Test
    void onlyACopyWithTheSameLabelIsNoReasonToRefuse() throws Exception {
        image("copy.png", png(1), "a");

        ImportReport report = ImportReport.of(check(true).problems(), 10, List.of());

        assertThat(report.problemCount()).isEqualTo(1);
        assertThat(report.refuses()).isFalse();
        assertThat(ImportReport.of(List.of(new Problem("f", Kind.FILE_WITHOUT_ROW, "r")), 10, List.of())
                        .refuses())
                .isTrue();
    }

    @Test
    void filesAreFoundBelowATopFolderAndLitterIsNotLookedAt() throws Exception {
        files.clear();
        files.put("colon/train/good.png", png(1));
        files.put("colon/train/sub/2.png", png(2));
        files.put("__MACOSX/colon/train/._good.png", png(3));
        files.put("colon/.DS_Store", new byte[3]);
        files.put("colon/Thumbs.db", new byte[3]);
        csv.append("sub\\2.png,b\n");

        for (boolean zipped : new boolean[] {true, false}) {
            Checked checked = check(zipped);

            assertThat(checked.problems()).isEmpty();
            assertThat(checked.usable())
                    .extracting(LabelledFile::filename, LabelledFile::label, LabelledFile::contentType)
                    .containsExactly(tuple("good.png", 0, "image/png"), tuple("sub\\2.png", 1, "image/png"));
        }
    }

    @Test
    void aNameThatSeveralFilesHaveIsAmbiguousUnlessOneIsMeantExactly() throws Exception {
        files.put("a/1.png", png(2));
        files.put("b/1.png", png(3));
        files.put("2.png", png(4));
        files.put("b/2.png", png(5));
        csv.append("1.png,0\n2.png,1\nb/2.png,1\n");

        Checked checked = check(true);

        assertThat(checked.problems())
                .extracting(Problem::file, Problem::kind)
                .containsExactly(tuple("1.png", Kind.AMBIGUOUS_NAME));
        assertThat(checked.problems().get(0).reason()).contains("a/1.png, b/1.png");
        assertThat(checked.usable()).extracting(LabelledFile::filename).containsExactly("good.png", "2.png", "b/2.png");
    }

    @Test
    void whereSomeRowsNameTheirGroupAllMust() throws Exception {
        csv.setLength(0);
        csv.append("Filename,Label,Group\ngood.png,0,tile-1\nother.png,1,\n");
        files.put("other.png", png(2));

        Checked checked = check(true);

        assertThat(checked.problems())
                .extracting(Problem::file, Problem::kind)
                .containsExactly(tuple("other.png", Kind.MISSING_GROUP));
        assertThat(checked.usable()).extracting(LabelledFile::group).containsExactly("tile-1");
        assertThat(checked.warnings()).isEmpty();
    }

    @Test
    void whereSomeRowsHaveAFoldAllMust() throws Exception {
        csv.setLength(0);
        csv.append("Filename,Label,Group,FOLD\ngood.png,0,tile-1,99\n");
        for (String fold : List.of("", "-1", "1.0", "100", "test")) {
            String name = "fold" + fold + ".png";
            files.put(name, png(100 + fold.hashCode()));
            csv.append(name).append(",1,tile-2,").append(fold).append('\n');
        }

        Checked checked = check(true);

        assertThat(checked.problems())
                .extracting(Problem::file, Problem::kind)
                .containsExactly(
                        tuple("fold.png", Kind.MISSING_FOLD),
                        tuple("fold-1.png", Kind.UNKNOWN_FOLD),
                        tuple("fold1.0.png", Kind.UNKNOWN_FOLD),
                        tuple("fold100.png", Kind.UNKNOWN_FOLD),
                        tuple("foldtest.png", Kind.UNKNOWN_FOLD));
        assertThat(checked.usable())
                .extracting(LabelledFile::filename, LabelledFile::fold)
                .containsExactly(tuple("good.png", 99));
        assertThat(checked.warnings()).isEmpty();
    }

    @Test
    void aCopyIsInTheFoldOfTheFirst() throws Exception {
        csv.setLength(0);
        csv.append("Filename,Label,Fold\ngood.png,0,1\ncopy.png,0,0\n");
        files.put("copy.png", png(1));

        assertThat(check(true).usable())
                .extracting(LabelledFile::filename, LabelledFile::fold)
                .containsExactly(tuple("good.png", 1));
    }

    @Test
    void foldsOfTheDataAndOfTheRequestAreOneTooMany() throws Exception {
        csv.setLength(0);
        csv.append("Filename,Label,Fold\ngood.png,0,\n");
        split = SplitRequest.folds(2, 0);
        assertThat(check(true).usable())
                .as("an empty column says nothing")
                .extracting(LabelledFile::fold)
                .containsOnlyNulls();

        csv.setLength(0);
        csv.append("Filename,Label,Fold\ngood.png,0,1\n");
        assertThatThrownBy(() -> check(true))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining("column Fold")
                .hasMessageContaining("leave folds, validationShare and seed out");

        split = split.unlessGiven();
        assertThat(check(true).warnings())
                .singleElement()
                .asString()
                .contains("no Group column")
                .contains("cannot be checked");
    }

    @Test
    void dataWithoutGroupsAreNoProblemButAWarning() throws Exception {
        Checked checked = check(true);

        assertThat(checked.problems()).isEmpty();
        assertThat(checked.warnings())
                .singleElement()
                .asString()
                .contains("no Group column")
                .contains("both sides of the split");
    }

    @Test
    void anEntryThatInflatesWithoutEndIsReadOnlyToTheLimit() throws Exception {
        image("bomb.png", new byte[200_000_000], "0");

        assertThat(check(true).problems())
                .extracting(Problem::file, Problem::kind)
                .containsExactly(tuple("bomb.png", Kind.TOO_LARGE));
    }

    @Test
    void aDamagedEntryIsAProblemOfItsFileOnly() throws Exception {
        image("second.png", png(2), "1");
        Path zip = folder.resolve("train.zip");
        TestImages.zip(zip, files);
        byte[] bytes = Files.readAllBytes(zip);
        bytes[200] ^= 0x55;
        Files.write(zip, bytes);

        Checked checked = check(zip);

        assertThat(checked.problems())
                .extracting(Problem::file, Problem::kind)
                .containsExactly(tuple("good.png", Kind.UNREADABLE));
        assertThat(checked.usable()).extracting(LabelledFile::filename).containsExactly("second.png");
    }

    @Test
    void anArchiveThatCannotBeReadIsUnusableAsAWhole() throws Exception {
        Path zip = folder.resolve("train.zip");
        TestImages.zip(zip, files);
        byte[] bytes = Files.readAllBytes(zip);

        for (byte[] broken : List.of(TestImages.truncated(bytes), "no zip".getBytes(), new byte[0])) {
            Files.write(zip, broken);
            assertThatThrownBy(() -> check(zip))
                    .isInstanceOf(UnusableFileException.class)
                    .hasMessageContaining("train.zip")
                    .hasMessageContaining("pack it again");
        }
    }

    @Test
    void aCsvWithoutRowsIsUnusableAsAWhole() throws Exception {
        csv.setLength("Filename,Label\n".length());

        assertThatThrownBy(() -> check(true))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining("train.csv: it has a header but no rows");
    }

    @Test
    void aLinkOutOfTheFolderIsNotFollowed() throws Exception {
        Path secret = Files.write(folder.resolve("secret.png"), png(2));
        Path train = Files.createDirectory(folder.resolve("train"));
        Files.write(train.resolve("good.png"), png(1));
        Files.createSymbolicLink(train.resolve("linked.png"), secret);

        assertThat(check(train).problems())
                .extracting(Problem::file, Problem::kind)
                .containsExactly(tuple("linked.png", Kind.ESCAPES_FOLDER));
    }

    private void image(String name, byte[] bytes, String label) {
        files.put(name, bytes);
        csv.append(name).append(',').append(label).append('\n');
    }

    private Checked check(boolean zipped) throws Exception {
        if (zipped) {
            TestImages.zip(folder.resolve("train.zip"), files);
            return check(folder.resolve("train.zip"));
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve("train").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return check(folder.resolve("train"));
    }

    private Checked check(Path images) throws Exception {
        Path csvFile = Files.writeString(folder.resolve("train.csv"), csv);
        ImportRequest request = new ImportRequest(
                "test", new ImportSource(csvFile, images, false), List.of("a", "b"), OnError.REJECT, split);
        FakeDatasets datasets = new FakeDatasets();
        datasets.add("d", request);
        try (ImageFiles source = ImageFiles.open(request.source().images())) {
            return new CheckSource(new CheckImage(TestImages.LIMITS))
                    .check(request, source, new ImportProgress(datasets, "d", Duration.ZERO, Clock.systemUTC()));
        }
    }
}
