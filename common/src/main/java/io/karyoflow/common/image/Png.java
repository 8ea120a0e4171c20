package io.karyoflow.common.image;

import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures as bytes, made without a file: ImageIO by itself may take one, on a disk that may be full. */
public final class Png {
    private Png() {}

    public static byte[] encode(RenderedImage picture) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try (ImageOutputStream output = new MemoryCacheImageOutputStream(png)) {
            ImageIO.write(picture, "png", output);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a PNG into memory", e);
        }
        return png.toByteArray();
    }
}
