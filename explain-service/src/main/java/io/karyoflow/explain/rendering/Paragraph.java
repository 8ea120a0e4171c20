package io.karyoflow.explain.rendering;

import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Text that is never wider than its column: broken between words, or within a word that fills a line by itself, as long
 * file names do; what exceeds the most lines allowed ends in an ellipsis.
 */
record Paragraph(List<String> lines, TextStyle style) implements Block {
    private static final String ELLIPSIS = "\u2026";

    /** @param mostLines at least 1 */
    static Paragraph of(String text, TextStyle style, double width, int mostLines) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.strip().split("\\s+")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (style.width(longer) <= width) {
                line = longer;
                continue;
            }
            if (!line.isEmpty()) {
                lines.add(line);
            }
            line = word;
            while (style.width(line) > width && line.length() > 1) {
                int fitting = fitting(line, style, width);
                lines.add(line.substring(0, fitting));
                line = line.substring(fitting);
            }
            if (lines.size() > mostLines) {
                break;
            }
        }
        lines.add(line);
        return new Paragraph(shortened(lines, style, width, mostLines), style);
    }

    private static List<String> shortened(List<String> lines, TextStyle style, double width, int mostLines) {
        if (lines.size() <= mostLines) {
            return List.copyOf(lines);
        }
        List<String> kept = new ArrayList<>(lines.subList(0, mostLines));
        String last = kept.get(mostLines - 1);
        while (!last.isEmpty() && style.width(last + ELLIPSIS) > width) {
            last = last.substring(0, last.offsetByCodePoints(last.length(), -1));
        }
        kept.set(mostLines - 1, last + ELLIPSIS);
        return List.copyOf(kept);
    }

    /** How many characters of a too long word fit: at least one, and no half of a character outside the BMP. */
    private static int fitting(String word, TextStyle style, double width) {
        int fitting = word.offsetByCodePoints(0, 1);
        while (fitting < word.length()) {
            int next = word.offsetByCodePoints(fitting, 1);
            if (style.width(word.substring(0, next)) > width) {
                break;
            }
            fitting = next;
        }
        return fitting;
    }

    @Override
    public double height() {
        return lines.size() * style.lineHeight();
    }

    @Override
    public void draw(Graphics2D graphics, double x, double y) {
        graphics.setFont(style.font());
        graphics.setColor(style.colour());
        double top = y;
        for (String line : lines) {
            graphics.drawString(line, (float) x, (float) (top + style.ascent()));
            top += style.lineHeight();
        }
    }
}
