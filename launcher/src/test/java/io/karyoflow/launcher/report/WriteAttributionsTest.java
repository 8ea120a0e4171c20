package io.karyoflow.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.Attribution;
import io.karyoflow.launcher.answers.Explained;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteAttributionsTest {
    @TempDir
    Path folder;

    @Test
    void anAttributionIsShownBesideItsImage() throws IOException {
        Explained explained = new Explained(
                "7.tif",
                png(Color.BLUE, 40, 20),
                Map.of("saliency", attribution("saliency", "cancer/epithelial", png(Color.RED, 40, 20))));

        WriteAttributions.write(folder, List.of(explained));

        BufferedImage picture =
                ImageIO.read(folder.resolve("cancer_epithelial/7-saliency.png").toFile());
        assertThat(new Color(picture.getRGB(picture.getWidth() / 4, picture.getHeight() / 2)))
                .isEqualTo(Color.BLUE);
        assertThat(new Color(picture.getRGB(picture.getWidth() * 3 / 4, picture.getHeight() / 2)))
                .isEqualTo(Color.RED);
        assertThat(new Color(picture.getRGB(picture.getWidth() / 4, 5)))
                .as("proportions are kept")
                .isEqualTo(Color.WHITE);
    }

    @Test
    void attributionsOfAnEarlierJobAreGone() throws IOException {
        Path earlier = Files.createDirectories(folder.resolve("muscle"));
        Files.createFile(earlier.resolve("9-saliency.png"));
        Files.createFile(earlier.resolve("notes.txt"));
        Explained explained = new Explained(
                "7.tif",
                png(Color.BLUE, 4, 2),
                Map.of("saliency", attribution("saliency", "muscle", png(Color.RED, 4, 2))));

        WriteAttributions.write(folder, List.of(explained));

        assertThat(earlier.resolve("9-saliency.png")).doesNotExist();
        assertThat(earlier.resolve("7-saliency.png")).exists();
        assertThat(earlier.resolve("notes.txt")).as("what is not ours").exists();
    }

    private static Attribution attribution(String method, String className, byte[] overlay) {
        return new Attribution(
                "r",
                "i",
                "f",
                null,
                null,
                null,
                method,
                Map.of(),
                0,
                className,
                1,
                1,
                List.of(1, 1),
                "",
                Base64.getEncoder().encodeToString(overlay),
                new Attribution.Faithfulness(null, 0.2, 0.9, null, null),
                "m",
                Instant.EPOCH,
                1);
    }

    private static byte[] png(Color colour, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        IntStream.range(0, width * height).forEach(i -> image.setRGB(i % width, i / width, colour.getRGB()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
