package io.karyoflow.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.Attribution;
import io.karyoflow.common.message.Prediction;
import io.karyoflow.launcher.answers.DeadLetter;
import io.karyoflow.launcher.client.TunerClient.CurvePoint;
import io.karyoflow.launcher.client.TunerClient.Study;
import io.karyoflow.launcher.client.TunerClient.StudyState;
import io.karyoflow.launcher.client.TunerClient.Trial;
import io.karyoflow.launcher.client.TunerClient.TrialReport;
import io.karyoflow.launcher.client.TunerClient.TrialState;
import io.karyoflow.launcher.data.JobData;
import io.karyoflow.launcher.job.Explained;
import io.karyoflow.launcher.job.StudyResult;
import io.karyoflow.launcher.report.JobReport.Counts;
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
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    @TempDir
    Path folder;

    @Test
    void labelsComeInTheOrderOfTheExampleAndInTheFormOfTheTrainingLabels() throws IOException {
        Map<String, Prediction> predictions = Map.of(
                "1.png", prediction(2, "muscle"), "2.png", prediction(0, "normal"), "10.png", prediction(1, "x,y"));

        assertThat(labels("2.png,0\n", "Filename,Label\n10.png,0\n1.png,0\n", predictions))
                .containsExactly("Filename,Label", "10.png,1", "1.png,2", "2.png,0");
        assertThat(labels("2.png,normal\n", null, predictions))
                .containsExactly("Filename,Label", "1.png,muscle", "2.png,normal", "10.png,\"x,y\"");
    }

    private List<String> labels(String trainingRows, String example, Map<String, Prediction> predictions)
            throws IOException {
        Files.createDirectories(folder.resolve("train"));
        Files.writeString(folder.resolve("train.csv"), "Filename,Label\n" + trainingRows);
        Files.deleteIfExists(folder.resolve("example.csv"));
        if (example != null) {
            Files.writeString(folder.resolve("example.csv"), example);
        }
        WriteLabels.write(folder.resolve("labels.csv"), JobData.in(folder), predictions);
        return Files.readAllLines(folder.resolve("labels.csv"));
    }

    @Test
    void anAttributionIsShownBesideItsImage() throws IOException {
        Explained explained = new Explained(
                "7.tif",
                png(Color.BLUE, 40, 20),
                prediction(1, "cancer/epithelial"),
                Map.of("saliency", attribution("saliency", png(Color.RED, 40, 20))));

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
    void aFullCellOfTheConfusionMatrixIsDarkAndAnEmptyOneLight() {
        Assumptions.assumeTrue(Fonts.areThere());
        BufferedImage picture = DrawConfusionMatrix.of(report(new int[][] {{50, 0}, {0, 3}}));

        long dark = pixels(picture, new Color(0x08306b));
        long light = pixels(picture, new Color(0xf7fbff));

        assertThat(dark).isGreaterThan(15_000);
        assertThat(light).isGreaterThan(15_000);
    }

    @Test
    void theBestTrialStandsOutInTheCurves() {
        Assumptions.assumeTrue(Fonts.areThere());
        StudyResult study = new StudyResult(
                new Study("s", "study", StudyState.COMPLETED, "d", Map.of(), "t2", "m"),
                List.of(trial(1, 5), trial(2, 5), trial(3, 0)),
                trial(2, 5));

        BufferedImage picture = DrawCurves.of(study);

        assertThat(pixels(picture, new Color(0xc0392b)))
                .isGreaterThan(pixels(picture, new Color(0x4c78a8)))
                .isGreaterThan(500);
    }

    @Test
    void whateverIsMissingIsAShortcoming() {
        assertThat(report(new Counts(10, 10, 0, 9, 9, 0), Map.of(), List.of()).shortcomings())
                .isEmpty();
        assertThat(report(
                                new Counts(10, 8, 0, 9, 6, 1),
                                Map.of("x.png", "the file is empty"),
                                List.of(new DeadLetter("images-dead-letter", "k", "no label", "trainer")))
                        .shortcomings())
                .containsExactly(
                        "2 prediction requests were not answered",
                        "3 attributions are missing",
                        "1 dead letters, for example on images-dead-letter: no label (trainer)",
                        "x.png has no label: the file is empty");
    }

    private static JobReport report(Counts counts, Map<String, String> refused, List<DeadLetter> deadLetters) {
        return new JobReport(null, null, null, counts, null, refused, deadLetters, Map.of());
    }

    private static Trial trial(int number, int epochs) {
        List<CurvePoint> curves = IntStream.rangeClosed(1, epochs)
                .mapToObj(epoch -> new CurvePoint(
                        epoch, 1.0 / epoch + number, 1 - 0.5 / epoch, 1.2 / epoch + number, 1 - 0.6 / epoch, 0.5))
                .toList();
        return new Trial(
                "t" + number,
                number,
                TrialState.COMPLETED,
                1,
                Map.of(),
                epochs,
                5,
                null,
                "w",
                null,
                null,
                "m",
                curves,
                report(new int[][] {{1, 0}, {0, 1}}));
    }

    private static TrialReport report(int[][] confusionMatrix) {
        return new TrialReport(List.of("epithelium", "muscle"), confusionMatrix, List.of(), 0.9, 1, 0.1, 0.1, 0.2, 0.2);
    }

    private static long pixels(BufferedImage picture, Color colour) {
        return IntStream.range(0, picture.getHeight())
                .mapToLong(y -> IntStream.range(0, picture.getWidth())
                        .filter(x -> new Color(picture.getRGB(x, y)).equals(colour))
                        .count())
                .sum();
    }

    private static Prediction prediction(int label, String className) {
        return new Prediction(
                "r", "i", "f", null, null, null, label, className, List.of(), "m", Instant.EPOCH, Instant.EPOCH, 1);
    }

    private static Attribution attribution(String method, byte[] overlay) {
        return new Attribution(
                "r",
                "i",
                "f",
                method,
                Map.of(),
                0,
                "c",
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
