package io.karyoflow.explain.rendering;

import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;

/** The few kinds of text in a figure. */
enum TextStyle {
    HEADING(Font.BOLD, 22, Palette.INK),
    TITLE(Font.BOLD, 16, Palette.INK),
    STRONG(Font.BOLD, 13, Palette.INK),
    BODY(Font.PLAIN, 13, Palette.INK),
    QUIET(Font.PLAIN, 13, Palette.QUIET);

    /** As figures are drawn: antialiased and at any size, so a width measured is the width drawn. */
    private static final FontRenderContext MEASURED = new FontRenderContext(null, true, true);

    private final int style;
    private final int points;
    private final Color colour;

    TextStyle(int style, int points, Color colour) {
        this.style = style;
        this.points = points;
        this.colour = colour;
    }

    Font font() {
        return new Font(Font.SANS_SERIF, style, points);
    }

    Color colour() {
        return colour;
    }

    double width(String text) {
        return font().getStringBounds(text, MEASURED).getWidth();
    }

    /** From one base line to the next. */
    double lineHeight() {
        return points * 1.3;
    }

    /** From the top of a line to its base line. */
    double ascent() {
        return points * 1.02;
    }
}
