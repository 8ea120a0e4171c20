package io.karyoflow.explain.rendering;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/**
 * Which colour means which value. An end is pointed, as in scientific plots, because it stands for all larger values too:
 * the scale clips a few.
 */
record ScaleBar(Scale scale, double width) implements Block {
    private static final double BAR = 11;
    private static final double POINT = 7;
    private static final double GAP = 3;
    private static final TextStyle STYLE = TextStyle.QUIET;

    @Override
    public double height() {
        return BAR + GAP + 2 * STYLE.lineHeight();
    }

    @Override
    public void draw(Graphics2D graphics, double x, double y) {
        boolean bothSigns = scale.sign() == Sign.ALL;
        Shape outline = outline(x, y, bothSigns);
        fill(graphics, outline, x, y);
        graphics.setColor(Palette.QUIET);
        graphics.draw(outline);
        graphics.setFont(STYLE.font());
        double values = y + BAR + GAP + STYLE.ascent();
        if (scale.limit() == 0) {
            write(graphics, "0 everywhere", x, values, bothSigns ? 0.5 : 0);
            return;
        }
        double meanings = values + STYLE.lineHeight();
        String limit = Figures.significant(scale.limit());
        String negative = Figures.significant(-scale.limit());
        write(graphics, bothSigns ? negative : "0", x, values, 0);
        write(graphics, scale.sign() == Sign.NEGATIVE ? negative : limit, x, values, 1);
        write(graphics, scale.sign().meaning(), x, meanings, 1);
        if (bothSigns) {
            write(graphics, "0", x, values, 0.5);
            write(graphics, "against", x, meanings, 0);
        }
    }

    private Shape outline(double x, double y, boolean pointedLeft) {
        double left = pointedLeft ? x + POINT : x;
        double right = x + width - POINT;
        Path2D outline = new Path2D.Double();
        outline.moveTo(left, y);
        outline.lineTo(right, y);
        outline.lineTo(x + width, y + BAR / 2);
        outline.lineTo(right, y + BAR);
        outline.lineTo(left, y + BAR);
        if (pointedLeft) {
            outline.lineTo(x, y + BAR / 2);
        }
        outline.closePath();
        return outline;
    }

    private void fill(Graphics2D graphics, Shape outline, double x, double y) {
        ColourMap colours = ColourMap.of(scale.sign());
        Shape before = graphics.getClip();
        graphics.clip(outline);
        double step = 0.25;
        for (double at = 0; at < width; at += step) {
            double share = (at + step / 2) / width;
            graphics.setColor(new Color(colours.rgb((float) (colours.lowest() + share * (1 - colours.lowest())))));
            graphics.fill(new Rectangle2D.Double(x + at, y, 2 * step, BAR));
        }
        graphics.setClip(before);
    }

    /** @param align 0 with its left edge at the bar's, 1 with its right edge, 0.5 in the middle */
    private void write(Graphics2D graphics, String text, double x, double baseLine, double align) {
        graphics.drawString(text, (float) (x + align * (width - STYLE.width(text))), (float) baseLine);
    }
}
