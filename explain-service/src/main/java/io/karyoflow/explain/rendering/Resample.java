package io.karyoflow.explain.rendering;

import io.karyoflow.common.image.RgbImage;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Brings images to the size that they have in a figure. */
final class Resample {
    private Resample() {}

    /**
     * Bicubic, as the small patches of a slide would else be staircases. Large images are halved first, each pixel the mean
     * of four, until bicubic leaves none of their pixels out.
     */
    static RgbImage to(RgbImage image, int height, int width) {
        BufferedImage source = image.toBufferedImage();
        while (source.getWidth() >= 2 * width && source.getHeight() >= 2 * height) {
            source = draw(
                    source, source.getHeight() / 2, source.getWidth() / 2, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        }
        return RgbImage.of(draw(source, height, width, RenderingHints.VALUE_INTERPOLATION_BICUBIC));
    }

    private static BufferedImage draw(BufferedImage source, int height, int width, Object interpolation) {
        BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = drawn.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, interpolation);
        graphics.drawImage(source, 0, 0, width, height, null);
        graphics.dispose();
        return drawn;
    }
}
