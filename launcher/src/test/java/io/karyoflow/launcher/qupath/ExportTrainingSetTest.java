package io.karyoflow.launcher.qupath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.karyoflow.common.dataset.LabelRow;
import io.karyoflow.common.dataset.LabelTable;
import io.karyoflow.launcher.qupath.Nucleus.Point;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which nuclei the script takes, and how it cuts them. */
class ExportTrainingSetTest {
    private static final String SCRIPT = "export-training-set.groovy";

    @TempDir
    Path project;

    @Test
    void writesAPatchAndARowForEachClassifiedNucleus() throws Exception {
        // Given a red spot in the middle of a nucleus, and one at the slide's corner
        BufferedImage pixels = slide();
        paint(pixels, Color.RED, 310, 250, 8);
        OpenImage image = new OpenImage(
                project,
                "slide 7, \"B\"",
                pixels,
                List.of(
                        new Nucleus("muscle", new Point(310, 250)),
                        new Nucleus(null, new Point(100, 100)),
                        new Nucleus("Ignore*", new Point(120, 100))),
                List.of(new Nucleus("immune leukocyte", new Point(10, 20), new Point(390, 295))));

        QuPathScript.run(SCRIPT, Map.of(), image);

        Path folder = project.resolve("karyoflow");
        List<LabelRow> rows = LabelTable.read(folder.resolve("train.csv"));
        assertThat(rows)
                .extracting(LabelRow::filename)
                .containsExactly(
                        "slide 7, _B_ [x=260,y=200,w=100,h=100].png",
                        "slide 7, _B_ [x=-40,y=-30,w=100,h=100].png",
                        "slide 7, _B_ [x=340,y=245,w=100,h=100].png");
        assertThat(rows).extracting(LabelRow::label).containsExactly("muscle", "immune leukocyte", "immune leukocyte");
        assertThat(rows).extracting(LabelRow::group).containsOnly("slide 7, \"B\"");
        BufferedImage first = patch(rows.get(0));
        assertThat(List.of(first.getWidth(), first.getHeight())).containsExactly(100, 100);
        assertThat(new Color(first.getRGB(50, 50))).isEqualTo(Color.RED);
        assertThat(new Color(first.getRGB(60, 50))).isEqualTo(Color.PINK);
        BufferedImage corner = patch(rows.get(1));
        assertThat(new Color(corner.getRGB(39, 50))).isEqualTo(Color.WHITE);
        assertThat(new Color(corner.getRGB(40, 30))).isEqualTo(Color.PINK);
        BufferedImage oppositeCorner = patch(rows.get(2));
        assertThat(new Color(oppositeCorner.getRGB(59, 54))).isEqualTo(Color.PINK);
        assertThat(new Color(oppositeCorner.getRGB(60, 54))).isEqualTo(Color.WHITE);
    }

    @Test
    void theMiddleOfACellIsThatOfItsNucleus() throws Exception {
        Nucleus cell = new Nucleus("muscle", new Point(110, 120)).aroundNucleusAt(new Point(100, 100));

        QuPathScript.run(SCRIPT, Map.of(), new OpenImage(project, "1", slide(), List.of(cell), List.of()));

        assertThat(LabelTable.read(project.resolve("karyoflow/train.csv")))
                .extracting(LabelRow::filename)
                .containsExactly("1 [x=50,y=50,w=100,h=100].png");
    }

    @Test
    void leavesOutWhatOnlyTheModelHasClassified() throws Exception {
        Nucleus guessed = labelled(100);
        Nucleus corrected = labelled(120);
        corrected.setPathClass("stroma");
        Nucleus ignored = labelled(140);
        ignored.setPathClass("Ignore*");
        Nucleus byHand = new Nucleus("muscle", new Point(160, 100));
        Nucleus confirmed = labelled(180).measuring("reviewed", 1);
        Nucleus inReviewedArea = labelled(220);
        Nucleus withoutClassInReviewedArea = new Nucleus(null, new Point(230, 100));
        Nucleus inOtherArea = labelled(320);

        String printed = QuPathScript.run(
                SCRIPT,
                Map.of(),
                new OpenImage(
                        project,
                        "1",
                        slide(),
                        List.of(
                                guessed,
                                corrected,
                                ignored,
                                byHand,
                                confirmed,
                                inReviewedArea,
                                withoutClassInReviewedArea,
                                inOtherArea),
                        List.of(
                                new Region(null, "reviewed, left half", new Rectangle2D.Double(200, 0, 100, 200)),
                                new Region("Tumor", null, new Rectangle2D.Double(300, 0, 100, 200)),
                                new Nucleus("stroma", new Point(10, 10)),
                                new Nucleus("Reviewed", new Point(20, 20)))));

        assertThat(LabelTable.read(project.resolve("karyoflow/train.csv")))
                .extracting(LabelRow::filename, LabelRow::label)
                .containsExactly(
                        tuple("1 [x=70,y=50,w=100,h=100].png", "stroma"),
                        tuple("1 [x=110,y=50,w=100,h=100].png", "muscle"),
                        tuple("1 [x=130,y=50,w=100,h=100].png", "muscle"),
                        tuple("1 [x=170,y=50,w=100,h=100].png", "muscle"),
                        tuple("1 [x=-40,y=-40,w=100,h=100].png", "stroma"));
        assertThat(printed)
                .contains("5 nuclei of 1", "1 corrected", "2 classified by hand", "2 confirmed", "left out are 2 that");
    }

    @Test
    void aClassThatWasAsProbableAsTheModelsIsTheModels() throws Exception {
        Nucleus undecided = new Nucleus("stroma", new Point(100, 100))
                .measuring("p(muscle)", 0.5)
                .measuring("p(stroma)", 0.5);

        QuPathScript.run(SCRIPT, Map.of(), new OpenImage(project, "1", slide(), List.of(undecided), List.of()));

        assertThat(Files.readAllLines(project.resolve("karyoflow/train.csv"))).hasSize(1);
    }

    @Test
    void readsSlidesOfHigherResolutionAtThatOfThePatches() throws Exception {
        BufferedImage pixels = slide();
        paint(pixels, Color.RED, 200, 150, 16);
        OpenImage image =
                new OpenImage(project, "1", pixels, List.of(new Nucleus("muscle", new Point(200, 150))), List.of());

        QuPathScript.run(SCRIPT, Map.of("def downsample = 1.0", "def downsample = 2.0"), image);

        LabelRow row = LabelTable.read(project.resolve("karyoflow/train.csv")).get(0);
        assertThat(row.filename()).isEqualTo("1 [x=100,y=50,w=200,h=200].png");
        BufferedImage patch = patch(row);
        assertThat(patch.getWidth()).isEqualTo(100);
        assertThat(new Color(patch.getRGB(53, 53))).isEqualTo(Color.RED);
        assertThat(new Color(patch.getRGB(56, 56))).isEqualTo(Color.PINK);
    }

    @Test
    void readsThePlaneThatANucleusIsOn() throws Exception {
        BufferedImage other = slide();
        paint(other, Color.RED, 200, 150, 400);
        OpenImage image = new OpenImage(
                        project,
                        "1",
                        slide(),
                        List.of(new Nucleus("muscle", new Point(200, 150)).onPlane(1)),
                        List.of(new Nucleus("stroma", new Point(100, 100)).onPlane(1)))
                .withPlanes(slide(), other);

        QuPathScript.run(SCRIPT, Map.of(), image);

        List<LabelRow> rows = LabelTable.read(project.resolve("karyoflow/train.csv"));
        assertThat(rows).hasSize(2);
        for (LabelRow row : rows) {
            assertThat(new Color(patch(row).getRGB(50, 50))).isEqualTo(Color.RED);
        }
    }

    /** By a model, as muscle. */
    private static Nucleus labelled(int x) {
        return new Nucleus("muscle", new Point(x, 100))
                .measuring("p(stroma)", 0.4)
                .measuring("p(muscle)", 0.6);
    }

    private static BufferedImage slide() {
        BufferedImage pixels = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = pixels.createGraphics();
        canvas.setColor(Color.PINK);
        canvas.fillRect(0, 0, 400, 300);
        return pixels;
    }

    private static void paint(BufferedImage pixels, Color colour, int x, int y, int side) {
        Graphics2D canvas = pixels.createGraphics();
        canvas.setColor(colour);
        canvas.fillRect(x - side / 2, y - side / 2, side, side);
    }

    private BufferedImage patch(LabelRow row) throws Exception {
        return ImageIO.read(
                project.resolve("karyoflow/train").resolve(row.filename()).toFile());
    }
}
