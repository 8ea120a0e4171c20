package io.karyoflow.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.karyoflow.common.message.Attribution;
import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.DatasetRegistered.OffsetRange;
import io.karyoflow.common.message.DatasetRegistered.Split;
import io.karyoflow.common.message.DatasetRegistered.Split.Kind;
import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.message.Prediction;
import io.karyoflow.launcher.answers.AnswerTotals;
import io.karyoflow.launcher.answers.DeadLetter;
import io.karyoflow.launcher.answers.Explained;
import io.karyoflow.launcher.answers.StreamImages.Streamed;
import io.karyoflow.launcher.client.IngestClient.Dataset;
import io.karyoflow.launcher.client.TunerClient.ClassMetrics;
import io.karyoflow.launcher.client.TunerClient.CurvePoint;
import io.karyoflow.launcher.client.TunerClient.Specification;
import io.karyoflow.launcher.client.TunerClient.Study;
import io.karyoflow.launcher.client.TunerClient.StudyState;
import io.karyoflow.launcher.client.TunerClient.Trial;
import io.karyoflow.launcher.client.TunerClient.TrialReport;
import io.karyoflow.launcher.client.TunerClient.TrialState;
import io.karyoflow.launcher.data.JobData;
import io.karyoflow.launcher.progress.Parts;
import io.karyoflow.launcher.progress.Progress;
import io.karyoflow.launcher.report.JobReport.Counts;
import io.karyoflow.launcher.study.StudyResult;
import io.karyoflow.launcher.study.StudyResults;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    private static final DatasetRegistered DATASET = new DatasetRegistered(
            "d",
            "nuclei",
            List.of("epithelium", "muscle"),
            4,
            List.of(2, 2),
            List.of(List.of(1, 1), List.of(1, 1)),
            new Split(Kind.GROUPED_STRATIFIED, 0, 2, 0.5),
            List.of(new OffsetRange(0, 0, 4)),
            Instant.EPOCH);
    private static final Color BEST = new Color(0xc0392b);
    private static final Color FULL = new Color(0x08306b);

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

    @Test
    void nothingOfAnEarlierJobIsLeftBeforeThisOneHasResults() throws IOException {
        Path attributions = Files.createDirectories(folder.resolve("attributions/muscle"));
        List<Path> earlier = List.of(
                folder.resolve("labels.csv"),
                folder.resolve("report.json"),
                folder.resolve("curves.png"),
                folder.resolve("confusion-matrix.png"),
                attributions.resolve("9-saliency.png"));
        for (Path file : earlier) {
            Files.createFile(file);
        }
        Files.createFile(folder.resolve("notes.txt"));

        new WriteResults(folder).deleteEarlier();

        assertThat(earlier).noneMatch(Files::exists);
        assertThat(folder.resolve("notes.txt")).as("what is not ours").exists();
        assertThatCode(() -> new WriteResults(folder.resolve("new")).deleteEarlier())
                .doesNotThrowAnyException();
    }

    @Test
    void aFullCellOfTheConfusionMatrixIsDarkAndAnEmptyOneLight() {
        Assumptions.assumeTrue(Fonts.areThere());
        BufferedImage picture = DrawConfusionMatrix.of("title", report(new int[][] {{50, 0}, {0, 3}}, 0.9));

        long dark = pixels(picture, FULL);
        long light = pixels(picture, new Color(0xf7fbff));

        assertThat(dark).isGreaterThan(15_000);
        assertThat(light).isGreaterThan(15_000);
    }

    @Test
    void theBestTrialStandsOutInTheCurves() {
        Assumptions.assumeTrue(Fonts.areThere());
        BufferedImage picture = DrawCurves.of(StudyResults.of(study("convnet", true, 0.8)));

        assertThat(pixels(picture, BEST))
                .isGreaterThan(pixels(picture, new Color(0x4c78a8)))
                .isGreaterThan(500);
    }

    @Test
    void networksTrainedOnTheSameImagesAreDrawnTogether() {
        Assumptions.assumeTrue(Fonts.areThere());
        StudyResult one = study("convnet", true, 0.8);
        StudyResult two = study("mobilenetv2", true, 0.9);

        BufferedImage curves = DrawCurves.of(StudyResults.of(one, two));
        BufferedImage matrices = DrawConfusionMatrix.of(StudyResults.of(one, two));

        BufferedImage single = DrawConfusionMatrix.of(StudyResults.of(one));
        assertThat(matrices.getWidth()).isEqualTo(2 * single.getWidth());
        assertThat(pixels(matrices, FULL)).isEqualTo(2 * pixels(single, FULL));
        int half = curves.getHeight() / 2;
        for (int top : new int[] {0, half}) {
            assertThat(pixels(curves.getSubimage(0, top, curves.getWidth(), half), BEST))
                    .isGreaterThan(500);
        }
    }

    @Test
    void theReportIsOfWhatIsInServiceAndHasTheOthersToo() {
        StudyResult convNet = study("convnet", true, 0.8);
        StudyResult better = study("mobilenetv2", true, 0.9);
        StudyResult worse = study("mobilenetv2", false, 0.7);

        JobReport promoted = report(StudyResults.of(convNet, better));
        assertThat(promoted.study().architecture()).isEqualTo("mobilenetv2");
        assertThat(promoted.bestTrial().validation().macroF1()).isEqualTo(0.9);
        assertThat(promoted.otherNetworks()).singleElement().satisfies(other -> {
            assertThat(other.study().architecture()).isEqualTo("convnet");
            assertThat(other.study().trialList()).hasSize(3);
            assertThat(other.bestTrial().perClass()).hasSize(2);
        });

        JobReport kept = report(StudyResults.of(convNet, worse));
        assertThat(kept.study().architecture()).isEqualTo("convnet");
        assertThat(kept.otherNetworks())
                .singleElement()
                .satisfies(other -> assertThat(other.study().promotionReason()).isEqualTo("mobilenetv2 was judged"));

        assertThat(report(StudyResults.of(convNet)).otherNetworks()).isEmpty();
    }

    @Test
    void theNetworksAreComparedClassByClass() {
        JobReport report = report(StudyResults.of(study("convnet", true, 0.8), study("mobilenetv2", true, 0.9)));

        assertThat(CompareNetworks.lines(report).stream().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "On the same 30 validation images mobilenetv2 convnet",
                        "accuracy 0.900 0.800",
                        "macro F1 0.900 0.800",
                        "F1 of epithelium 0.910 0.810",
                        "F1 of muscle 0.890 0.790",
                        "In service: mobilenetv2",
                        "Promotion of mobilenetv2: mobilenetv2 was judged",
                        "Promotion of convnet: convnet was judged");
        assertThat(CompareNetworks.lines(report).stream().limit(5).map(String::length))
                .as("columns are aligned")
                .containsOnly(CompareNetworks.lines(report).get(0).length());
    }

    @Test
    void whateverIsMissingIsAShortcoming() {
        assertThat(report(new Counts(10, 10, 0, 9, 9, 0), Map.of(), List.of(), Map.of())
                        .shortcomings())
                .isEmpty();
        assertThat(report(
                                new Counts(10, 8, 0, 9, 6, 1),
                                Map.of("x.png", "the file is empty"),
                                List.of(new DeadLetter(
                                        "prediction-requests-dead-letter", "k", "7.png", "no label", "trainer")),
                                Map.of("pretrainedStudy", "it ended without a model"))
                        .shortcomings())
                .containsExactly(
                        "pretrainedStudy failed: it ended without a model",
                        "2 prediction requests were not answered",
                        "3 attributions are missing",
                        "1 dead letters, for example of 7.png on prediction-requests-dead-letter: no label (trainer)",
                        "x.png has no label: the file is empty");
    }

    private static JobReport report(
            Counts counts, Map<String, String> refused, List<DeadLetter> deadLetters, Map<String, String> failures) {
        return new JobReport(null, null, null, List.of(), counts, null, refused, deadLetters, Map.of(), failures);
    }

    private JobReport report(StudyResults studies) {
        return JobReport.of(
                new JobData(folder, Optional.empty()),
                new Dataset("d", "nuclei", Dataset.State.REGISTERED, 4, 4, 4, List.of(), 0, DATASET, null),
                studies,
                Streamed.NONE,
                List.of(),
                AnswerTotals.NONE,
                new Parts(new Progress(System.out, false, Clock.systemUTC()), Clock.systemUTC()));
    }

    /** Three trials, of which the second is best. */
    private static StudyResult study(String network, boolean promoted, double quality) {
        Trial best = trial(2, 5, quality);
        return new StudyResult(
                new Study(
                        "study of " + network,
                        "study",
                        StudyState.COMPLETED,
                        "d",
                        new Specification(network, 5, 7),
                        Map.of(),
                        best.id(),
                        promoted ? best.modelId() : null,
                        network + " was judged"),
                List.of(trial(1, 5, 0.5), best, trial(3, 0, 0.5)),
                best);
    }

    private static Trial trial(int number, int epochs, double quality) {
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
                new EpochMetrics(1 - quality, quality, quality),
                "w",
                null,
                null,
                "m",
                curves,
                report(new int[][] {{20, 0}, {0, 10}}, quality));
    }

    private static TrialReport report(int[][] confusionMatrix, double quality) {
        return new TrialReport(
                List.of("epithelium", "muscle"),
                confusionMatrix,
                List.of(
                        new ClassMetrics("epithelium", quality, quality, quality + 0.01, 20, 0.95),
                        new ClassMetrics("muscle", quality, quality, quality - 0.01, 10, 0.85)),
                0.9,
                1,
                0.1,
                0.1,
                0.2,
                0.2);
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
                "r",
                "i",
                "f",
                null,
                null,
                null,
                null,
                label,
                className,
                List.of(),
                "m",
                Instant.EPOCH,
                Instant.EPOCH,
                1);
    }

    private static Attribution attribution(String method, String className, byte[] overlay) {
        return new Attribution(
                "r",
                "i",
                "f",
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
