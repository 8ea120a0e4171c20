package io.karyoflow.launcher.report;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** Whether Java can draw text here: minimal systems come without any font, or without the library that finds them. */
final class Fonts {
    private Fonts() {}

    static boolean areThere() {
        try {
            Graphics2D graphics = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB).createGraphics();
            return graphics.getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, 12))
                            .stringWidth("nucleus")
                    > 0;
        } catch (RuntimeException | LinkageError | InternalError e) {
            return false;
        }
    }
}
