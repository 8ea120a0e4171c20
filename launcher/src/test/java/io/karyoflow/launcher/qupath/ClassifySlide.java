package io.karyoflow.launcher.qupath;

import io.karyoflow.launcher.data.Images;
import io.karyoflow.launcher.qupath.Nucleus.Point;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Somebody who has the nuclei of a slide labelled from QuPath, and reviews them. The slide is made of generated nuclei. */
public final class ClassifySlide {
    /** Of a generated nucleus, in pixels. */
    public static final int SIDE = 64;

    private final URI ingest;
    private final Path project;

    public ClassifySlide(URI ingest, Path project) {
        this.ingest = ingest;
        this.project = project;
    }

    /** @return the detections, side by side, by the names of the images, each in the middle of its own */
    public Map<String, Nucleus> run(String slide, Images images) throws IOException {
        BufferedImage pixels = new BufferedImage(SIDE * images.count(), SIDE, BufferedImage.TYPE_INT_RGB);
        Map<String, Nucleus> nuclei = new LinkedHashMap<>();
        images.forEach(images.names(), (name, bytes) -> {
            int left = SIDE * nuclei.size();
            pixels.createGraphics().drawImage(ImageIO.read(new ByteArrayInputStream(bytes)), left, 0, null);
            nuclei.put(name, new Nucleus(null, new Point(left + SIDE / 2.0, SIDE / 2.0)));
        });
        QuPathScript.run(
                "classify-nuclei.groovy",
                settings(),
                new OpenImage(project, slide, pixels, List.copyOf(nuclei.values()), List.of()));
        return nuclei;
    }

    /**
     * Sends the classes of all nuclei as truths.
     *
     * @return what the script printed
     */
    public String review(String slide, List<Nucleus> nuclei) throws IOException {
        BufferedImage pixels = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        Region everything = new Region("Reviewed", null, new Rectangle2D.Double(0, 0, SIDE * nuclei.size(), SIDE));
        return QuPathScript.run(
                "send-truths.groovy", settings(), new OpenImage(project, slide, pixels, nuclei, List.of(everything)));
    }

    private Map<String, String> settings() {
        return Map.of(
                "def ingest = 'http://localhost:8081'",
                "def ingest = '" + ingest + "'",
                "def size = 100",
                "def size = " + SIDE);
    }
}
