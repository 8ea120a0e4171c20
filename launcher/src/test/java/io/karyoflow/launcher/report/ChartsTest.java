package io.karyoflow.launcher.report;

import static io.karyoflow.launcher.report.FinishedJob.study;
import static io.karyoflow.launcher.report.FinishedJob.trialReport;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.launcher.study.StudyResult;
import io.karyoflow.launcher.study.StudyResults;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ChartsTest {
    private static final Color BEST = new Color(0xc0392b);
    private static final Color FULL = new Color(0x08306b);

    @Test
    void aFullCellOfTheConfusionMatrixIsDarkAndAnEmptyOneLight() {
        Assumptions.assumeTrue(Fonts.areThere());
        BufferedImage picture = DrawConfusionMatrix.of("title", trialReport(new int[][] {{50, 0}, {0, 3}}, 0.9));

        long dark = pixels(picture, FULL);
        long light = pixels(picture, new Color(0xf7fbff));

        assertThat(dark).isGreaterThan(15_000);
        assertThat(light).isGreaterThan(15_000);
    }

    @Test
    void theBestTrialStandsOutInTheCurves() {
        Assumptions.assumeTrue(Fonts.areThere());
        BufferedImage picture = DrawCurves.of(StudyResults.of(study("convnet", true, 0.8)));

        assertThat(pixels(picture, BEST))
                .isGreaterThan(pixels(picture, new Color(0x4c78a8)))
                .isGreaterThan(500);
    }

    @Test
    void networksTrainedOnTheSameImagesAreDrawnTogether() {
        Assumptions.assumeTrue(Fonts.areThere());
        StudyResult one = study("convnet", true, 0.8);
        StudyResult two = study("mobilenetv2", true, 0.9);

        BufferedImage curves = DrawCurves.of(StudyResults.of(one, two));
        BufferedImage matrices = DrawConfusionMatrix.of(StudyResults.of(one, two));

        BufferedImage single = DrawConfusionMatrix.of(StudyResults.of(one));
        assertThat(matrices.getWidth()).isEqualTo(2 * single.getWidth());
        assertThat(pixels(matrices, FULL)).isEqualTo(2 * pixels(single, FULL));
        int half = curves.getHeight() / 2;
        for (int top : new int[] {0, half}) {
            assertThat(pixels(curves.getSubimage(0, top, curves.getWidth(), half), BEST))
                    .isGreaterThan(500);
        }
    }

    private static long pixels(BufferedImage picture, Color colour) {
        return IntStream.range(0, picture.getHeight())
                .mapToLong(y -> IntStream.range(0, picture.getWidth())
                        .filter(x -> new Color(picture.getRGB(x, y)).equals(colour))
                        .count())
                .sum();
    }
}
