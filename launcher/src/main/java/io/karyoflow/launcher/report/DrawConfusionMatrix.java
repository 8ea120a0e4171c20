package io.karyoflow.launcher.report;

import io.karyoflow.launcher.client.TunerClient.TrialReport;
import io.karyoflow.launcher.study.StudyResult;
import io.karyoflow.launcher.study.StudyResults;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Draws which class was taken for which: counts, and what share of the true class they are. Networks that were trained on the
 * same images stand side by side.
 */
final class DrawConfusionMatrix {
    private static final int CELL = 120;
    private static final int TOP = 150;
    private static final int MARGIN = 30;
    private static final Color LEAST = new Color(0xf7fbff);
    private static final Color MOST = new Color(0x08306b);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 20);
    private static final Font NAME = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
    private static final Font COUNT = new Font(Font.SANS_SERIF, Font.BOLD, 20);

    private final String title;
    private final List<String> classes;
    private final int[][] counts;
    private final Graphics2D graphics;
    private final int left;

    private DrawConfusionMatrix(String title, TrialReport report, Graphics2D graphics, int left) {
        this.title = title;
        this.classes = report.classes();
        this.counts = report.confusionMatrix();
        this.graphics = graphics;
        this.left = left;
    }

    static BufferedImage of(StudyResults studies) {
        List<BufferedImage> matrices = studies.all().stream()
                .map(study -> of(title(study, studies), study.best().report()))
                .toList();
        BufferedImage all = new BufferedImage(
                matrices.stream().mapToInt(BufferedImage::getWidth).sum(),
                matrices.get(0).getHeight(),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = all.createGraphics();
        for (BufferedImage matrix : matrices) {
            graphics.drawImage(matrix, 0, 0, null);
            graphics.translate(matrix.getWidth(), 0);
        }
        graphics.dispose();
        return all;
    }

    private static String title(StudyResult study, StudyResults studies) {
        if (studies.all().size() == 1) {
            return "Best trial on validation images";
        }
        return "Best " + study.network() + (study == studies.inService() ? " (in service)" : "")
                + " on validation images";
    }

    static BufferedImage of(String title, TrialReport report) {
        int left = MARGIN + 40 + longestName(report.classes());
        int side = report.classes().size() * CELL;
        BufferedImage image =
                new BufferedImage(Math.max(640, left + side + MARGIN), TOP + side + MARGIN, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        new DrawConfusionMatrix(title, report, graphics, left).draw(image.getWidth());
        graphics.dispose();
        return image;
    }

    private static int longestName(List<String> classes) {
        FontMetrics metrics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB)
                .createGraphics()
                .getFontMetrics(NAME);
        return classes.stream().mapToInt(metrics::stringWidth).max().orElse(0);
    }

    private void draw(int width) {
        graphics.setColor(Color.BLACK);
        centred(title, TITLE, width / 2, 36);
        centred("predicted class", NAME, left + classes.size() * CELL / 2, 72);
        verticalAxisName();
        for (int label = 0; label < classes.size(); label++) {
            graphics.setColor(Color.BLACK);
            columnName(classes.get(label), left + label * CELL + CELL / 2);
            endingAt(classes.get(label), left - 10, TOP + label * CELL + CELL / 2 + 5);
            drawRow(label);
        }
    }

    /** One word a line, the last one just above the cells. */
    private void columnName(String name, int x) {
        String[] words = name.split(" ");
        for (int word = 0; word < words.length; word++) {
            centred(shortened(words[word]), NAME, x, TOP - 14 - (words.length - 1 - word) * 18);
        }
    }

    private void drawRow(int trueClass) {
        int total = Arrays.stream(counts[trueClass]).sum();
        for (int predicted = 0; predicted < classes.size(); predicted++) {
            double share = total == 0 ? 0 : counts[trueClass][predicted] / (double) total;
            int x = left + predicted * CELL;
            int y = TOP + trueClass * CELL;
            graphics.setColor(between(share));
            graphics.fillRect(x, y, CELL - 2, CELL - 2);
            graphics.setColor(share > 0.5 ? Color.WHITE : Color.BLACK);
            centred(Integer.toString(counts[trueClass][predicted]), COUNT, x + CELL / 2, y + CELL / 2);
            centred(String.format(Locale.ROOT, "%.1f %%", 100 * share), NAME, x + CELL / 2, y + CELL / 2 + 24);
        }
    }

    private void verticalAxisName() {
        int x = MARGIN;
        int y = TOP + classes.size() * CELL / 2;
        graphics.rotate(-Math.PI / 2, x, y);
        centred("true class", NAME, x, y);
        graphics.rotate(Math.PI / 2, x, y);
    }

    private String shortened(String name) {
        String fitting = name;
        while (fitting.length() > 3 && graphics.getFontMetrics(NAME).stringWidth(fitting) > CELL - 8) {
            fitting = fitting.substring(0, fitting.length() - 2) + "…";
        }
        return fitting;
    }

    private void centred(String text, Font font, int x, int baseline) {
        graphics.setFont(font);
        graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text) / 2, baseline);
    }

    private void endingAt(String text, int x, int baseline) {
        graphics.setFont(NAME);
        graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text), baseline);
    }

    private static Color between(double share) {
        return new Color(
                mixed(LEAST.getRed(), MOST.getRed(), share),
                mixed(LEAST.getGreen(), MOST.getGreen(), share),
                mixed(LEAST.getBlue(), MOST.getBlue(), share));
    }

    private static int mixed(int from, int to, double share) {
        return (int) Math.round(from + (to - from) * share);
    }
}
