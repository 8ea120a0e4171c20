package io.karyoflow.launcher.qupath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.karyoflow.common.dataset.LabelRow;
import io.karyoflow.common.dataset.LabelTable;
import io.karyoflow.launcher.qupath.Nucleus.Point;
import java.awt.image.BufferedImage;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the script makes of a table that has rows already: of other slides, of earlier rounds, of elsewhere. */
class ExportRoundsTest {
    private static final String SCRIPT = "export-training-set.groovy";

    @TempDir
    Path project;

    @Test
    void slidesWhoseNamesDifferBehindADotAreTwo() throws Exception {
        for (String name : List.of("P12.1", "P12.2")) {
            QuPathScript.run(SCRIPT, Map.of(), slide(name));
        }

        assertThat(LabelTable.read(project.resolve("karyoflow/train.csv")))
                .extracting(LabelRow::filename, LabelRow::group)
                .containsExactly(
                        tuple("P12.1 [x=50,y=50,w=100,h=100].png", "P12.1"),
                        tuple("P12.2 [x=50,y=50,w=100,h=100].png", "P12.2"));
    }

    @Test
    void imagesOfOneNameDoNotTakeEachOthersPlace() {
        OpenImage image = slide("1").withEntries("1", "2", "1");

        assertThatThrownBy(() -> QuPathScript.run(SCRIPT, Map.of(), image))
                .hasMessageContaining("several images called 1")
                .hasMessageContaining("different names");
        assertThat(project.resolve("karyoflow")).doesNotExist();
    }

    @Test
    void aSlideIsTheSameWhileItsNameIsMasked() throws Exception {
        for (String masked : List.of("of this session", "of the next session")) {
            QuPathScript.run(SCRIPT, Map.of(), slide(masked).withEntries("1", "2"));
        }

        assertThat(LabelTable.read(project.resolve("karyoflow/train.csv")))
                .extracting(LabelRow::filename, LabelRow::group)
                .containsExactly(tuple("1 [x=50,y=50,w=100,h=100].png", "1"));
    }

    @Test
    void isDoneAgainForOneSlideWithoutTouchingTheOthers() throws Exception {
        OpenImage first = slide("1");
        OpenImage second = slide("2");
        QuPathScript.run(SCRIPT, Map.of(), first);
        QuPathScript.run(SCRIPT, Map.of(), second);

        OpenImage corrected = slide("1", new Point(200, 150));
        QuPathScript.run(SCRIPT, Map.of(), corrected);

        String moved = "1 [x=150,y=100,w=100,h=100].png";
        String other = "2 [x=50,y=50,w=100,h=100].png";
        assertThat(LabelTable.read(project.resolve("karyoflow/train.csv")))
                .extracting(LabelRow::filename)
                .containsExactlyInAnyOrder(moved, other);
        try (Stream<Path> files = Files.list(project.resolve("karyoflow/train"))) {
            assertThat(files).extracting(file -> file.getFileName().toString()).containsExactlyInAnyOrder(moved, other);
        }
    }

    @Test
    void aTableThatCannotBeReadCostsNoPatches() throws Exception {
        OpenImage image = slide("1");
        QuPathScript.run(SCRIPT, Map.of(), image);
        Path csv = project.resolve("karyoflow/train.csv");
        Files.write(csv, "\nz\u00e4hlt,muscle,2".getBytes(StandardCharsets.ISO_8859_1), StandardOpenOption.APPEND);
        image.detections().get(0).setPathClass(null);

        assertThatThrownBy(() -> QuPathScript.run(SCRIPT, Map.of(), image))
                .isInstanceOf(CharacterCodingException.class);

        assertThat(project.resolve("karyoflow/train/1 [x=50,y=50,w=100,h=100].png"))
                .exists();
    }

    @Test
    void theSameSlidesAreValidatedOnInEachRound() throws Exception {
        // Given a round without folds, saved by a spreadsheet, with a row from elsewhere
        exportOneNucleus("1", "[]");
        exportOneNucleus("slide: 2", "[]");
        Path csv = project.resolve("karyoflow/train.csv");
        Files.writeString(
                csv,
                Files.readString(csv).replace("\"muscle\"", "muscle") + "\nmine.png,\"a \"\"b\"\", c\",elsewhere\n");

        String printed = exportOneNucleus("3", "['slide: 2']");

        String two = "slide_ 2 [x=50,y=50,w=100,h=100].png";
        assertThat(LabelTable.read(csv))
                .extracting(LabelRow::filename, LabelRow::label, LabelRow::group, LabelRow::fold)
                .containsExactlyInAnyOrder(
                        tuple("1 [x=50,y=50,w=100,h=100].png", "muscle", "1", "1"),
                        tuple(two, "muscle", "slide: 2", "0"),
                        tuple("mine.png", "a \"b\", c", "elsewhere", "1"),
                        tuple("3 [x=50,y=50,w=100,h=100].png", "muscle", "3", "1"));
        assertThat(printed).contains("1 of all 4 are validated on").doesNotContain("none of");

        // When other slides are named, and then none
        printed = exportOneNucleus("1", "['1', '12']");

        assertThat(LabelTable.read(csv))
                .extracting(LabelRow::fold)
                .as("as of the last run for all rows, not for those of its slide only")
                .containsExactlyInAnyOrder("0", "1", "1", "1");
        assertThat(printed).contains("1 of all 4 are validated on; so far there are none of 12");
        exportOneNucleus("1", "[]");
        assertThat(Files.readAllLines(csv).get(0)).isEqualTo("Filename,Label,Group");
        assertThat(LabelTable.read(csv)).hasSize(4).extracting(LabelRow::fold).containsOnly("");
        assertThat(Files.readAllLines(csv)).noneMatch(line -> line.endsWith(",0") || line.endsWith(",1"));
    }

    /** @return what the script printed */
    private String exportOneNucleus(String slide, String validationSlides) throws Exception {
        return QuPathScript.run(
                SCRIPT,
                Map.of("def validationSlides = []", "def validationSlides = " + validationSlides),
                slide(slide));
    }

    /** With one nucleus. */
    private OpenImage slide(String name) {
        return slide(name, new Point(100, 100));
    }

    private OpenImage slide(String name, Point nucleus) {
        BufferedImage pixels = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
        return new OpenImage(project, name, pixels, List.of(new Nucleus("muscle", nucleus)), List.of());
    }
}
