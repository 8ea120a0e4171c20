package io.karyoflow.explain.rendering;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** A picture in a thin frame, so that one with white borders is seen to end. */
record Tile(BufferedImage picture, double width, double height) implements Block {

    @Override
    public void draw(Graphics2D graphics, double x, double y) {
        graphics.drawImage(picture, (int) x, (int) y, (int) width, (int) height, null);
        graphics.setColor(Palette.LINE);
        graphics.setStroke(new BasicStroke(0.75f));
        graphics.draw(new Rectangle2D.Double(x, y, width, height));
    }
}
