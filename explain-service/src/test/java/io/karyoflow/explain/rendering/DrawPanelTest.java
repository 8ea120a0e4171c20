package io.karyoflow.explain.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThatCode;

import io.karyoflow.common.image.RgbImage;
import io.karyoflow.explain.rendering.Panel.ClassProbability;
import io.karyoflow.explain.rendering.Panel.Explanation;
import io.karyoflow.explain.rendering.Panel.Score;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DrawPanelTest {
    private static final int WHITE = 0xFFFFFFFF;
    private static final int MARGIN = DrawPanel.MARGIN * DrawPanel.PIXELS_PER_POINT;
    private static final int COLUMN = DrawPanel.COLUMN * DrawPanel.PIXELS_PER_POINT;
    private static final int GAP = DrawPanel.GAP * DrawPanel.PIXELS_PER_POINT;
    private static final String LONG = "TCGA-AA-3558-01Z-00-DX1.4bbbdf55-2b2f-4e2a-9f38-7fc5f2b6a7e4".repeat(4);

    @BeforeAll
    static void needsFonts() {
        assumeThatCode(NoFontsException::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "3, 4", "4, 3", "5, 3", "7, 4", "8, 3"})
    void wrapsIntoRowsOfEqualLength(int methods, int columns) {
        BufferedImage figure = DrawPanel.draw(panel(image(48, 48), "nucleus.png", Picture.HEAT_MAP, methods, 4));

        assertThat(figure.getWidth()).isEqualTo(2 * MARGIN + columns * COLUMN + (columns - 1) * GAP);
    }

    @Test
    void showsTheImageAndTheMapsColours() {
        BufferedImage figure = DrawPanel.draw(panel(image(48, 48), "nucleus.png", Picture.HEAT_MAP, 1, 4));

        int middleOfColumn = MARGIN + COLUMN / 2;
        assertThat(column(figure, middleOfColumn)).contains(0xFF804060).doesNotContain(0xFF7E3603);
        assertThat(column(figure, middleOfColumn + COLUMN + GAP))
                .contains(0xFF7E3603)
                .doesNotContain(0xFF804060);
    }

    /** Long names, many classes and scores: nothing leaves its column, so nothing is clipped and nothing overlaps. */
    @ParameterizedTest
    @EnumSource
    void nothingReachesIntoMarginsAndGaps(Picture picture) {
        BufferedImage figure = DrawPanel.draw(panel(image(48, 48), LONG, picture, 3, 30));

        for (int x = 0; x < MARGIN - 2; x++) {
            assertThat(column(figure, x)).containsOnly(WHITE);
            assertThat(column(figure, figure.getWidth() - 1 - x)).containsOnly(WHITE);
        }
        for (int y = 0; y < MARGIN - 2; y++) {
            assertThat(row(figure, y)).containsOnly(WHITE);
            assertThat(row(figure, figure.getHeight() - 1 - y)).containsOnly(WHITE);
        }
        int belowHeader = figure.getHeight() / 3;
        for (int gap = 0; gap < 3; gap++) {
            int left = MARGIN + COLUMN + gap * (COLUMN + GAP);
            for (int x = left + 4; x < left + GAP - 4; x++) {
                assertThat(Arrays.copyOfRange(column(figure, x), belowHeader, figure.getHeight()))
                        .as("gap %d", gap)
                        .containsOnly(WHITE);
            }
        }
    }

    @Test
    void growsWithItsTextInsteadOfCuttingIt() {
        int few = DrawPanel.draw(panel(image(48, 48), "a.png", Picture.HEAT_MAP, 1, 4))
                .getHeight();
        int many = DrawPanel.draw(panel(image(48, 48), LONG, Picture.HEAT_MAP, 1, 4))
                .getHeight();

        assertThat(many).isGreaterThan(few + 2 * (int) TextStyle.BODY.lineHeight());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2048, 3", "3, 2048", "100, 100"})
    void takesImagesOfAnyShape(int height, int width) {
        BufferedImage figure = DrawPanel.draw(panel(image(height, width), null, Picture.BLENDED_HEAT_MAP, 2, 2));

        assertThat(figure.getHeight()).isLessThan(3 * COLUMN);
    }

    @Test
    void aPanelWithoutClassesIsRefused() {
        assertThatThrownBy(() -> panel(image(2, 2), "a.png", Picture.HEAT_MAP, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one class");
    }

    private static Panel panel(RgbImage image, String filename, Picture picture, int methods, int classes) {
        List<ClassProbability> probabilities = IntStream.range(0, classes)
                .mapToObj(i -> new ClassProbability("class " + i + " of " + filename, 1.0 / classes))
                .toList();
        PixelMap map = new PixelMap(1, 1, new float[] {1});
        Explanation explanation = new Explanation(
                "Occlusion of " + filename,
                List.of("sliding_window_shapes: 3 x 10 x 10", "baselines: " + filename),
                map,
                Scale.of(map, Sign.POSITIVE),
                List.of(new Score("Deletion AUC ↓", 0.25), new Score("Score of " + filename, Double.NaN)));
        return new Panel(
                image, filename, "class 0", "m-1", probabilities, picture, Collections.nCopies(methods, explanation));
    }

    private static RgbImage image(int height, int width) {
        return PictureTest.uniform(height, width, 0x804060);
    }

    private static int[] column(BufferedImage figure, int x) {
        return figure.getRGB(x, 0, 1, figure.getHeight(), null, 0, 1);
    }

    private static int[] row(BufferedImage figure, int y) {
        return figure.getRGB(0, y, figure.getWidth(), 1, null, 0, figure.getWidth());
    }
}
