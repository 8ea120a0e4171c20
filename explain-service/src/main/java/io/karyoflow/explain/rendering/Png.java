package io.karyoflow.explain.rendering;

import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Pictures as bytes. */
public final class Png {
    private Png() {}

    public static byte[] encode(RenderedImage picture) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a PNG into memory", e);
        }
        return png.toByteArray();
    }
}
