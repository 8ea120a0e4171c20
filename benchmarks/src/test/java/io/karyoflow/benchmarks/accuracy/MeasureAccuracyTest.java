package io.karyoflow.benchmarks.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.ingest.dataset.split.SplitRequest;
import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasureAccuracyTest {
    private static final int IMAGES = 80;
    private static final int GROUPS = 10;

    @TempDir
    Path folder;

    /** Dark and light squares; each group has both. */
    @BeforeEach
    void drawImages() throws IOException {
        Files.createDirectory(folder.resolve("train"));
        StringBuilder csv = new StringBuilder("Filename,Label,Group\n");
        for (int i = 0; i < IMAGES; i++) {
            BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
            Graphics pen = image.getGraphics();
            pen.setColor(new Color(i % 2 * 150 + i, 60, 60));
            pen.fillRect(0, 0, 16, 16);
            ImageIO.write(image, "png", folder.resolve("train/" + i + ".png").toFile());
            csv.append(i + ".png," + (i % 2 == 0 ? "dark" : "light") + ",tile" + i / (IMAGES / GROUPS) + "\n");
        }
        Files.writeString(folder.resolve("train.csv"), csv);
    }

    @Test
    void everyImageIsPredictedOnce() throws IOException {
        Path predictions = folder.resolve("predictions.csv");

        String printed = run(
                "--classes",
                "dark,light",
                "--epochs",
                "1",
                "--set",
                "inputSize=16,width=4",
                "--predictions",
                predictions.toString());

        assertThat(printed.lines().reduce((first, second) -> second).orElseThrow())
                .matches("RESULT macro_f1=[01]\\.\\d{4} .*together_ece=[01]\\.\\d{4}");
        List<String> lines = Files.readAllLines(predictions);
        assertThat(lines.get(0)).isEqualTo("filename,group,label,predicted,probability,p(dark),p(light),fold,seed");
        assertThat(lines.get(1)).matches("\\d+\\.png,tile\\d,(dark|light),(dark|light)(,\\d\\.\\d+(E-\\d+)?){3},0,1");
        assertThat(lines.stream().skip(1).map(line -> line.split(",")[0]))
                .hasSize(IMAGES)
                .doesNotHaveDuplicates();
    }

    @Test
    void groupsStayWholeUnlessTheSplitIsRandom() throws Exception {
        LabelledData grouped = ImportFolder.run(folder, List.of("dark", "light"), SplitRequest.folds(5, 0));
        LabelledData random = grouped.splitAtRandom(SplitRequest.single(0.2, 0));

        assertThat(grouped.validationFolds()).containsExactly(0, 1, 2, 3, 4);
        assertThat(foldsOfGroups(grouped)).hasSize(GROUPS).allSatisfy((group, folds) -> assertThat(folds)
                .hasSize(1));
        assertThat(random.validationFolds()).containsExactly(0);
        assertThat(random.images()).filteredOn(LabelledImage::fold, 0).hasSize(IMAGES / 5);
        assertThat(foldsOfGroups(random).values())
                .anySatisfy(folds -> assertThat(folds).hasSize(2));
        assertThat(random.fingerprint()).isNotEqualTo(grouped.fingerprint());
    }

    @Test
    void foldsOfTheTableAreUsedUnlessTheSplitIsRandom() throws Exception {
        List<String> rows = Files.readAllLines(folder.resolve("train.csv"));
        Files.writeString(
                folder.resolve("train.csv"),
                rows.stream()
                        .map(row -> row + (row.startsWith("Filename") ? ",Fold" : row.endsWith("tile7") ? ",0" : ",1"))
                        .collect(Collectors.joining("\n")));
        List<String> classes = List.of("dark", "light");

        LabelledData given =
                ImportFolder.run(folder, classes, SplitRequest.folds(5, 0).unlessGiven());

        assertThat(given.validationFolds()).containsExactly(0, 1);
        assertThat(given.images())
                .filteredOn(LabelledImage::fold, 0)
                .hasSize(IMAGES / GROUPS)
                .extracting(LabelledImage::group)
                .containsOnly("tile7");
        assertThat(given.splitAtRandom(SplitRequest.single(0.2, 0)).images())
                .filteredOn(LabelledImage::fold, 0)
                .hasSize(IMAGES / 5);
    }

    @Test
    void whatIngestRejectsIsNotMeasured() throws IOException {
        Files.delete(folder.resolve("train/3.png"));

        int status = MeasureAccuracy.commandLine().execute(folder.toString(), "--classes", "dark,light");

        assertThat(status).isEqualTo(1);
    }

    private static Map<String, Set<Integer>> foldsOfGroups(LabelledData data) {
        return data.images().stream()
                .collect(Collectors.groupingBy(
                        LabelledImage::group, Collectors.mapping(LabelledImage::fold, Collectors.toSet())));
    }

    private String run(String... options) {
        PrintStream terminal = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            String[] arguments = Stream.concat(
                            Stream.of(
                                    folder.toString(),
                                    "--cache",
                                    folder.resolve("cache").toString()),
                            Stream.of(options))
                    .toArray(String[]::new);
            assertThat(MeasureAccuracy.commandLine().execute(arguments)).isZero();
        } finally {
            System.setOut(terminal);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
