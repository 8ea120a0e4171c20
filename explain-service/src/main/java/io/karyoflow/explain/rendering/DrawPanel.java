package io.karyoflow.explain.rendering;

import io.karyoflow.common.image.Png;
import io.karyoflow.common.image.RgbImage;
import io.karyoflow.explain.rendering.Panel.Explanation;
import io.karyoflow.explain.rendering.Row.Column;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Draws a panel fit for a slide or a paper: what the model sees, the image with the probabilities of its classes, and a
 * column for each method with its map, scale, settings and faithfulness. Columns wrap into rows of equal length.
 */
public final class DrawPanel {
    /** Pixels of a point: pictures of 100 pixels get 480, and text stays sharp when a page is enlarged. */
    static final int PIXELS_PER_POINT = 2;

    static final int MARGIN = 28;
    static final int COLUMN = 240;
    static final int GAP = 28;
    private static final int MOST_COLUMNS = 4;
    private static final double ROW_GAP = 26;

    /** Very flat or upright images are fitted into this many times their column's width. */
    private static final double TALLEST = 1.5;

    private DrawPanel() {}

    public static byte[] png(Panel panel) {
        return Png.encode(draw(panel));
    }

    /** @throws NoFontsException if Java finds no font here */
    public static BufferedImage draw(Panel panel) {
        NoFontsException.check();
        List<Column> columns = columns(panel);
        int rows = (columns.size() + MOST_COLUMNS - 1) / MOST_COLUMNS;
        int perRow = (columns.size() + rows - 1) / rows;
        double width = perRow * (COLUMN + GAP) - GAP;
        List<Block> blocks = new ArrayList<>();
        blocks.add(header(panel, width));
        for (int from = 0; from < columns.size(); from += perRow) {
            blocks.add(new Row(columns.subList(from, Math.min(from + perRow, columns.size())), COLUMN, GAP));
        }
        return paint(new Stack(blocks, ROW_GAP), width);
    }

    private static Block header(Panel panel, double width) {
        String predicted = "Predicted: " + panel.predicted().className() + ", "
                + Figures.percent(panel.predicted().probability());
        String caption = Stream.of(panel.filename(), "Target: " + panel.target(), "Model: " + panel.modelId())
                .filter(Objects::nonNull)
                .collect(Collectors.joining("  \u00b7  "));
        return new Stack(
                List.of(
                        Paragraph.of(predicted, TextStyle.HEADING, width, 3),
                        Paragraph.of(caption, TextStyle.QUIET, width, 6)),
                3);
    }

    private static List<Column> columns(Panel panel) {
        RgbImage image = fitted(panel.image());
        List<Column> columns = new ArrayList<>();
        columns.add(original(panel, image));
        for (Explanation explanation : panel.explanations()) {
            columns.add(explained(explanation, panel.picture(), image));
        }
        return columns;
    }

    private static Column original(Panel panel, RgbImage image) {
        String size =
                "Image, " + panel.image().width() + " \u00d7 " + panel.image().height();
        Block probabilities = ProbabilityChart.of(panel.probabilities(), panel.predicted(), COLUMN);
        return new Column(
                Paragraph.of(size, TextStyle.TITLE, COLUMN, 2),
                new Stack(List.of(tile(image.toBufferedImage()), probabilities), 12));
    }

    private static Column explained(Explanation explanation, Picture picture, RgbImage image) {
        List<Block> body = new ArrayList<>();
        body.add(tile(picture.draw(image, explanation.map(), explanation.scale())));
        body.add(legend(explanation.scale(), picture));
        if (!explanation.scores().isEmpty()) {
            body.add(new Stack(
                    explanation.scores().stream()
                            .map(score -> NameAndValue.of(
                                    score.name(), Figures.significant(score.value()), TextStyle.BODY, COLUMN))
                            .toList(),
                    2));
        }
        if (!explanation.details().isEmpty()) {
            body.add(new Stack(
                    explanation.details().stream()
                            .map(detail -> Paragraph.of(detail, TextStyle.QUIET, COLUMN, 3))
                            .toList(),
                    1));
        }
        return new Column(Paragraph.of(explanation.title(), TextStyle.TITLE, COLUMN, 3), new Stack(body, 12));
    }

    private static Block legend(Scale scale, Picture picture) {
        if (picture.hasColours()) {
            return new ScaleBar(scale, COLUMN);
        }
        return scale.limit() == 0
                ? Paragraph.of("0 everywhere", TextStyle.QUIET, COLUMN, 1)
                : NameAndValue.of(
                        scale.sign().meaning() + ", in full from",
                        Figures.significant(scale.limit()),
                        TextStyle.QUIET,
                        COLUMN);
    }

    private static Tile tile(BufferedImage picture) {
        return new Tile(
                picture,
                (double) picture.getWidth() / PIXELS_PER_POINT,
                (double) picture.getHeight() / PIXELS_PER_POINT);
    }

    /** As wide as a column in the figure's pixels. */
    private static RgbImage fitted(RgbImage image) {
        double most = COLUMN * PIXELS_PER_POINT;
        double factor = Math.min(most / image.width(), TALLEST * most / image.height());
        int width = (int) Math.max(1, Math.round(factor * image.width()));
        int height = (int) Math.max(1, Math.round(factor * image.height()));
        return Resample.to(image, height, width);
    }

    private static BufferedImage paint(Block content, double width) {
        int pixelsWide = (int) Math.ceil((width + 2 * MARGIN) * PIXELS_PER_POINT);
        int pixelsHigh = (int) Math.ceil((content.height() + 2 * MARGIN) * PIXELS_PER_POINT);
        BufferedImage figure = new BufferedImage(pixelsWide, pixelsHigh, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = figure.createGraphics();
        graphics.setColor(Palette.PAPER);
        graphics.fillRect(0, 0, pixelsWide, pixelsHigh);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.scale(PIXELS_PER_POINT, PIXELS_PER_POINT);
        content.draw(graphics, MARGIN, MARGIN);
        graphics.dispose();
        return figure;
    }
}
