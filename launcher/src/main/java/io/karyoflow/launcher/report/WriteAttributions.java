package io.karyoflow.launcher.report;

import io.karyoflow.common.message.Attribution;
import io.karyoflow.launcher.answers.Explained;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Writes {@code <class>/<filename>-<method>.png}: the image, and beside it the map over it, both enlarged. Those of an
 * earlier job are deleted.
 */
final class WriteAttributions {
    private static final int SIDE = 320;
    private static final int GAP = 8;

    private WriteAttributions() {}

    static void write(Path folder, List<Explained> explained) throws IOException {
        deletePictures(folder);
        for (Explained example : explained) {
            for (Attribution attribution : example.attributions().values()) {
                Path ofClass = Files.createDirectories(folder.resolve(asFileName(attribution.targetClassName())));
                String name = withoutExtension(example.filename()) + "-" + attribution.method() + ".png";
                ImageIO.write(
                        sideBySide(
                                decode(example.image()),
                                decode(Base64.getDecoder().decode(attribution.overlayPng()))),
                        "png",
                        ofClass.resolve(asFileName(name)).toFile());
            }
        }
    }

    static void deletePictures(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> pictures = Files.find(folder, 2, WriteAttributions::isPicture)) {
                for (Path picture : pictures.toList()) {
                    Files.delete(picture);
                }
            }
        }
    }

    private static boolean isPicture(Path file, BasicFileAttributes attributes) {
        return attributes.isRegularFile() && file.toString().endsWith(".png");
    }

    private static BufferedImage decode(byte[] image) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(image));
    }

    private static BufferedImage sideBySide(BufferedImage left, BufferedImage right) {
        BufferedImage both = new BufferedImage(2 * SIDE + GAP, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = both.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, both.getWidth(), both.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        drawFitted(graphics, left, 0);
        drawFitted(graphics, right, SIDE + GAP);
        graphics.dispose();
        return both;
    }

    private static void drawFitted(Graphics2D graphics, BufferedImage image, int left) {
        double scale = SIDE / (double) Math.max(image.getWidth(), image.getHeight());
        int width = (int) Math.round(image.getWidth() * scale);
        int height = (int) Math.round(image.getHeight() * scale);
        graphics.drawImage(image, left + (SIDE - width) / 2, (SIDE - height) / 2, width, height, null);
    }

    private static String withoutExtension(String filename) {
        int dot = filename.lastIndexOf('.');
        return dot > 0 ? filename.substring(0, dot) : filename;
    }

    private static String asFileName(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}._ -]", "_").replaceAll("^\\.+", "_");
    }
}
