package io.karyoflow.launcher.qupath;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.launcher.qupath.Nucleus.Point;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NextNucleiTest {
    @TempDir
    Path project;

    @Test
    void theLeastSureAreFirst() throws IOException {
        Nucleus sure = muscle(0.9, 100);
        Nucleus lessSure = muscle(0.7, 300);
        Nucleus leastSure = muscle(0.6, 500);
        OpenImage image = image(List.of(sure, lessSure, leastSure), List.of());

        String printed = list(2, image);

        assertThat(image.selected()).containsExactly(leastSure, lessSure);
        assertThat(leastSure.measurements()).containsEntry("next", 1.0);
        assertThat(lessSure.measurements()).containsEntry("next", 2.0);
        assertThat(sure.measurements()).doesNotContainKey("next");
        assertThat(printed).contains("2 of 3 nuclei of 7.svs", "2 of 3 muscle", "margins from 0.2 to 0.4");
    }

    @Test
    void whatAPersonHasLookedAtIsNotListed() throws IOException {
        Nucleus corrected = muscle(0.6, 100);
        corrected.setPathClass("stroma");
        Nucleus ignored = muscle(0.6, 300);
        ignored.setPathClass("Ignore*");
        Nucleus byHand = new Nucleus("muscle", new Point(500, 100));
        Nucleus unclassified = new Nucleus(null, new Point(700, 100));
        Nucleus confirmed = muscle(0.6, 900).measuring("reviewed", 1);
        Nucleus inReviewedArea = muscle(0.6, 1100);
        Nucleus open = muscle(0.9, 1300);
        OpenImage image = image(
                List.of(corrected, ignored, byHand, unclassified, confirmed, inReviewedArea, open),
                List.of(
                        new Region("Reviewed by A", null, new Rectangle2D.Double(1000, 0, 200, 200)),
                        new Region("Tumor", "to do", new Rectangle2D.Double(1200, 0, 200, 200))));

        list(100, image);

        assertThat(image.selected()).containsExactly(open);
    }

    @Test
    void noClassTakesMoreThanItsShareWhileOthersHaveNucleiToList() throws IOException {
        Nucleus muscle1 = muscle(0.51, 100);
        Nucleus muscle2 = muscle(0.52, 300);
        Nucleus muscle3 = muscle(0.53, 500);
        Nucleus muscle4 = muscle(0.54, 700);
        Nucleus stroma = labelled("stroma", 0.9, 900);
        OpenImage image = image(List.of(muscle4, muscle3, muscle2, muscle1, stroma), List.of());

        list(2, image);
        assertThat(image.selected()).containsExactly(muscle1, stroma);

        list(4, image);
        assertThat(image.selected()).as("stroma has no second one").containsExactly(muscle1, muscle2, muscle3, stroma);
    }

    @Test
    void noTwoAreClose() throws IOException {
        Nucleus first = muscle(0.6, 100);
        Nucleus besideIt = muscle(0.7, 199);
        Nucleus apart = muscle(0.8, 200);
        OpenImage image = image(List.of(apart, besideIt, first), List.of());

        list(3, image);

        assertThat(image.selected()).containsExactly(first, apart);
    }

    @Test
    void aListReplacesTheOneBefore() throws IOException {
        Nucleus before = muscle(0.6, 100).measuring("next", 1);
        before.setPathClass("stroma");
        Nucleus now = muscle(0.7, 300);

        list(1, image(List.of(before, now), List.of()));

        assertThat(before.measurements()).doesNotContainKey("next");
        assertThat(now.measurements()).containsEntry("next", 1.0);
    }

    @Test
    void anImageWithoutLabelsHasAnEmptyList() throws IOException {
        OpenImage image = image(List.of(new Nucleus(null, new Point(100, 100))), List.of());

        assertThat(list(100, image)).contains("0 of 0 nuclei");
        assertThat(image.selected()).isEmpty();
    }

    private static String list(int count, OpenImage image) throws IOException {
        return QuPathScript.run("next-nuclei.groovy", Map.of("def count = 100", "def count = " + count), image);
    }

    private OpenImage image(List<Nucleus> nuclei, List<Region> annotations) {
        BufferedImage pixels = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        return new OpenImage(project, "7.svs", pixels, nuclei, annotations);
    }

    private static Nucleus muscle(double probability, int x) {
        return labelled("muscle", probability, x);
    }

    private static Nucleus labelled(String className, double probability, int x) {
        return new Nucleus(className, new Point(x, 100))
                .measuring("p(" + className + ")", probability)
                .measuring("p(other)", 1 - probability);
    }
}
