package io.karyoflow.launcher.qupath;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An image that is open in QuPath, with its objects.
 *
 * @param name that QuPath shows
 * @param entries of the project, this image's first
 * @param planes of a z-stack; most images have one
 * @param annotations of points (Nucleus) or of an area (Region)
 * @param selected objects; can be changed
 */
public record OpenImage(
        Path project,
        String name,
        List<Entry> entries,
        List<BufferedImage> planes,
        List<Nucleus> detections,
        List<?> annotations,
        List<Nucleus> selected) {

    /** The only one of its project. Nothing is selected. */
    public OpenImage(Path project, String name, BufferedImage pixels, List<Nucleus> detections, List<?> annotations) {
        this(project, name, List.of(new Entry(name)), List.of(pixels), detections, annotations, new ArrayList<>());
    }

    /** @return this with other entries in its project, its own first */
    public OpenImage withEntries(String... originalNames) {
        List<Entry> entries = Stream.of(originalNames).map(Entry::new).toList();
        return new OpenImage(project, name, entries, planes, detections, annotations, selected);
    }

    /** @return this as a z-stack */
    public OpenImage withPlanes(BufferedImage... planes) {
        return new OpenImage(project, name, entries, List.of(planes), detections, annotations, selected);
    }

    /** What QuPath calls a ProjectImageEntry. */
    public record Entry(String originalName) {
        public String getOriginalImageName() {
            return originalName;
        }
    }

    /** What QuPath calls a Project. */
    public final class Project {
        public List<Entry> getImageList() {
            return entries;
        }
    }

    /** What QuPath calls an ImageServer. */
    public final class Server {
        public int getWidth() {
            return planes.get(0).getWidth();
        }

        public int getHeight() {
            return planes.get(0).getHeight();
        }

        /** As QuPath's: x, y, width and height are of the full resolution. */
        public BufferedImage readRegion(double downsample, int x, int y, int width, int height, int z, int t) {
            if (x < 0 || y < 0 || x + width > getWidth() || y + height > getHeight()) {
                throw new IllegalArgumentException("not within the image");
            }
            int columns = (int) Math.round(width / downsample);
            int rows = (int) Math.round(height / downsample);
            BufferedImage region = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
            BufferedImage pixels = planes.get(z).getSubimage(x, y, width, height);
            region.createGraphics().drawImage(pixels, 0, 0, columns, rows, null);
            return region;
        }
    }
}
