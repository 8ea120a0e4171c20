package io.karyoflow.launcher.qupath;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An image that is open in QuPath, with its objects.
 *
 * @param annotations of points (Nucleus) or of an area (Region)
 * @param selected objects; can be changed
 */
public record OpenImage(
        Path project,
        String name,
        BufferedImage pixels,
        List<Nucleus> detections,
        List<?> annotations,
        List<Nucleus> selected) {

    /** Nothing is selected. */
    public OpenImage(Path project, String name, BufferedImage pixels, List<Nucleus> detections, List<?> annotations) {
        this(project, name, pixels, detections, annotations, new ArrayList<>());
    }

    /** What QuPath calls an ImageServer. */
    public final class Server {
        public int getWidth() {
            return pixels.getWidth();
        }

        public int getHeight() {
            return pixels.getHeight();
        }

        /** As QuPath's: x, y, width and height are of the full resolution. */
        public BufferedImage readRegion(double downsample, int x, int y, int width, int height) {
            if (x < 0 || y < 0 || x + width > getWidth() || y + height > getHeight()) {
                throw new IllegalArgumentException("not within the image");
            }
            int columns = (int) Math.round(width / downsample);
            int rows = (int) Math.round(height / downsample);
            BufferedImage region = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
            region.createGraphics().drawImage(pixels.getSubimage(x, y, width, height), 0, 0, columns, rows, null);
            return region;
        }
    }
}
