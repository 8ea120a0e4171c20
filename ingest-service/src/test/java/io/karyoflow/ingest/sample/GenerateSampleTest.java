package io.karyoflow.ingest.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.image.ImageDecoder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateSampleTest {
    @TempDir
    Path root;

    @Test
    void writesTheUsersLayout() throws Exception {
        Path sample = new GenerateSample(root).generate(new SampleRequest("nuclei", 100, 20, 1));

        List<String[]> rows = rows(sample.resolve("train.csv"), "Filename,Label,Group");
        assertThat(rows).hasSize(100);
        for (String[] row : rows) {
            ImageDecoder.Decoded image = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS)
                    .decode(Files.readAllBytes(sample.resolve("train").resolve(row[0])));
            assertThat(image.contentType()).isEqualTo("image/png");
            assertThat(image.image().height()).isEqualTo(64);
            assertThat(image.image().width()).isEqualTo(64);
        }
        assertThat(count(sample.resolve("train"))).isEqualTo(100);
        assertThat(rows(sample.resolve("test-truth.csv"), "Filename,Label"))
                .extracting(row -> row[0])
                .containsExactlyInAnyOrderElementsOf(namesInTiles(sample.resolve("test")))
                .hasSize(20);
    }

    @Test
    void everyClassIsWellRepresentedInManyTiles() throws Exception {
        Path sample = new GenerateSample(root).generate(new SampleRequest("nuclei", 400, 0, 1));

        List<String[]> rows = rows(sample.resolve("train.csv"), "Filename,Label,Group");

        Map<String, Long> counts = rows.stream().collect(Collectors.groupingBy(row -> row[1], Collectors.counting()));
        assertThat(counts.keySet()).containsExactlyInAnyOrder("0", "1", "2", "3");
        assertThat(counts.values()).allMatch(count -> count >= 80);
        assertThat(rows.stream().map(row -> row[2]).distinct()).hasSize(24);
    }

    @Test
    void sameSeedSameBytesOtherSeedOtherImages() throws Exception {
        Path first = new GenerateSample(root.resolve("a")).generate(new SampleRequest("s", 40, 4, 7));
        Path second = new GenerateSample(root.resolve("b")).generate(new SampleRequest("s", 40, 4, 7));
        Path other = new GenerateSample(root.resolve("c")).generate(new SampleRequest("s", 40, 4, 8));

        try (Stream<Path> files = Files.walk(first)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(second.resolve(first.relativize(file))).hasSameBinaryContentAs(file);
            }
        }
        assertThat(Files.readAllBytes(other.resolve("train/1.png")))
                .isNotEqualTo(Files.readAllBytes(first.resolve("train/1.png")));
    }

    @Test
    void theSameRequestFindsItsSampleAnotherIsRefused() throws Exception {
        GenerateSample generateSample = new GenerateSample(root);
        Path sample = generateSample.generate(new SampleRequest("s", 40, 0, 7));
        Files.delete(sample.resolve("train/1.png"));

        assertThat(generateSample.generate(new SampleRequest("s", 40, 0, 7))).isEqualTo(sample);
        assertThat(sample.resolve("train/1.png")).as("nothing is written again").doesNotExist();
        assertThatThrownBy(() -> generateSample.generate(new SampleRequest("s", 41, 0, 7)))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(count(root)).as("nothing half done is left").isEqualTo(1);
    }

    @Test
    void twoWhoAskForTheSameAtOnceBothGetIt() throws Exception {
        GenerateSample generateSample = new GenerateSample(root);
        SampleRequest request = new SampleRequest("s", 400, 0, 7);
        Callable<Path> generate = () -> generateSample.generate(request);

        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (Future<Path> sample : threads.invokeAll(List.of(generate, generate))) {
                assertThat(sample.get()).isEqualTo(root.resolve("s"));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(count(root)).isEqualTo(1);
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new SampleRequest("../x", 100, 0, 0)).hasMessageContaining("name");
        assertThatThrownBy(() -> new SampleRequest("x", 39, 0, 0)).hasMessageContaining("from 40");
        assertThatThrownBy(() -> new SampleRequest("x", 40, -1, 0)).hasMessageContaining("unlabelled");
    }

    private static List<String[]> rows(Path csv, String header) throws Exception {
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines.get(0)).isEqualTo(header);
        return lines.stream().skip(1).map(line -> line.split(",")).toList();
    }

    private static List<String> namesInTiles(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .peek(file -> assertThat(file.toString()).matches("tile-\\d\\d/\\d+\\.png"))
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private static long count(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
