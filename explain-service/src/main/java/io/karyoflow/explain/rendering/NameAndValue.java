package io.karyoflow.explain.rendering;

import java.awt.Graphics2D;

/** A name at the left, as many lines as it needs, and a value at the right of its first line. */
record NameAndValue(Paragraph name, String value, double width) implements Block {
    private static final double GAP = 10;

    static NameAndValue of(String name, String value, TextStyle style, double width) {
        double forName = width - GAP - style.width(value);
        return new NameAndValue(Paragraph.of(name, style, forName, 3), value, width);
    }

    @Override
    public double height() {
        return name.height();
    }

    @Override
    public void draw(Graphics2D graphics, double x, double y) {
        name.draw(graphics, x, y);
        TextStyle style = name.style();
        graphics.setColor(Palette.INK);
        graphics.drawString(value, (float) (x + width - style.width(value)), (float) (y + style.ascent()));
    }
}
