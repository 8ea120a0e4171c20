package io.karyoflow.explain.rendering;

import java.awt.Graphics2D;

/** A part of a figure that knows its height before it is drawn, so that nothing overlaps. All sizes are in points. */
interface Block {
    double height();

    /** @param x,y its upper left corner */
    void draw(Graphics2D graphics, double x, double y);
}
