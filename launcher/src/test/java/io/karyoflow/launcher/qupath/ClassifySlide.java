package io.karyoflow.launcher.qupath;

import io.karyoflow.launcher.data.Images;
import io.karyoflow.launcher.qupath.Nucleus.Point;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Somebody who has the nuclei of a slide labelled from QuPath. The slide is made of generated nuclei, side by side. */
public final class ClassifySlide {
    /** Of a generated nucleus, in pixels. */
    public static final int SIDE = 64;

    private final URI ingest;
    private final Path project;

    public ClassifySlide(URI ingest, Path project) {
        this.ingest = ingest;
        this.project = project;
    }

    /** @return the detections by the names of the images, each in the middle of its own */
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
                Map.of(
                        "def ingest = 'http://localhost:8081'",
                        "def ingest = '" + ingest + "'",
                        "def size = 100",
                        "def size = " + SIDE),
                new OpenImage(project, slide, pixels, List.copyOf(nuclei.values()), List.of()));
        return nuclei;
    }
}
