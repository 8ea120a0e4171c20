package io.karyoflow.ingest.dataset;

import static io.karyoflow.ingest.TestImages.png;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.DatasetRegistered.Split;
import io.karyoflow.common.message.DatasetRegistered.Split.Kind;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.common.message.Sha256;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.ingest.IngestProfile;
import io.karyoflow.ingest.TestImages;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From an archive to records that can be read back, through REST, PostgreSQL and Kafka. */
@QuarkusTest
@TestProfile(IngestProfile.class)
@QuarkusTestResource(InfrastructureTestResource.class)
class ImportIT {
    @Inject
    Datasets datasets;

    @ConfigProperty(name = IngestProfile.IMPORT_ROOT)
    Path root;

    @ConfigProperty(name = "karyoflow.import.uploads")
    Path uploads;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private ImportedDatasets imported;

    @BeforeEach
    void start() {
        imported = new ImportedDatasets(datasets, root, bootstrapServers);
    }

    @Test
    void aGeneratedSampleIsImportedByPathAndItsRangesHoldIt() throws Exception {
        String path = given().contentType(ContentType.JSON)
                .body(Map.of("name", "sample", "labelled", 200, "unlabelled", 8, "seed", 1))
                .post("/samples")
                .then()
                .statusCode(201)
                .extract()
                .path("path");

        Dataset dataset = imported.ended(importByPath(Map.of("path", path, "name", "nuclei", "seed", 3)));

        assertThat(dataset.state()).as(dataset.error()).isEqualTo(ImportState.REGISTERED);
        assertThat(dataset.report().problemCount()).isZero();
        assertThat(dataset.report().warnings()).isEmpty();
        DatasetRegistered registration = dataset.registration();
        assertThat(registration.images()).isEqualTo(200);
        assertThat(registration.split().kind()).isEqualTo(Kind.GROUPED_STRATIFIED);
        assertThat(registration.split().folds()).isEqualTo(5);
        assertThat(registration.classes())
                .containsExactly("normal epithelial", "cancer epithelial", "muscle", "immune leukocyte");
        List<LabelledImage> images = imported.imagesInRanges(registration);
        assertThat(images).hasSize(200);
        Map<String, Integer> foldByGroup = new HashMap<>();
        int[] classCounts = new int[4];
        int[][] foldCounts = new int[5][4];
        for (LabelledImage image : images) {
            assertThat(image.id()).isEqualTo(Sha256.of(image.bytes()));
            assertThat(image.bytes()).isEqualTo(Files.readAllBytes(root.resolve(path + "/train/" + image.filename())));
            assertThat(new ImageDecoder(4096).decode(image.bytes()).contentType())
                    .isEqualTo(image.contentType());
            assertThat(foldByGroup.merge(image.group(), image.fold(), (a, b) -> a.equals(b) ? a : -1))
                    .isNotEqualTo(-1);
            classCounts[image.label()]++;
            foldCounts[image.fold()][image.label()]++;
        }
        assertThat(classCounts)
                .containsExactly(
                        registration.classCounts().stream().mapToInt(i -> i).toArray());
        assertThat(registration.foldCounts())
                .isEqualTo(Stream.of(foldCounts)
                        .map(fold -> IntStream.of(fold).boxed().toList())
                        .toList());
        assertThat(imported.announcements(dataset.id())).containsOnly(registration);
    }

    @Test
    void problemsRefuseTheWholeAndPublishNothing() throws Exception {
        String path = sourceWithProblems();

        Dataset dataset = imported.ended(importByPath(Map.of("path", path, "classes", List.of("a", "b"), "folds", 2)));

        assertThat(dataset.state()).isEqualTo(ImportState.REJECTED);
        assertThat(dataset.report().countsByKind())
                .containsOnlyKeys(
                        Problem.Kind.ROW_WITHOUT_FILE,
                        Problem.Kind.FILE_WITHOUT_ROW,
                        Problem.Kind.MISSING_LABEL,
                        Problem.Kind.UNKNOWN_LABEL,
                        Problem.Kind.NAMED_TWICE,
                        Problem.Kind.SAME_BYTES_OTHER_LABEL,
                        Problem.Kind.DUPLICATE,
                        Problem.Kind.TRUNCATED,
                        Problem.Kind.EMPTY,
                        Problem.Kind.NOT_AN_IMAGE,
                        Problem.Kind.TOO_LARGE,
                        Problem.Kind.ESCAPES_FOLDER);
        assertThat(dataset.registration()).isNull();
        assertThat(imported.imagesOf(dataset.id())).isEmpty();
        given().get("/datasets/" + dataset.id())
                .then()
                .statusCode(200)
                .body("state", org.hamcrest.Matchers.is("REJECTED"))
                .body("problemCount", org.hamcrest.Matchers.is(13))
                .body("warnings[0]", containsString("no Group column"))
                .body("problems.find { it.file == 'cut.png' }.kind", org.hamcrest.Matchers.is("TRUNCATED"))
                .body("problems.find { it.file == 'cut.png' }.reason", containsString("truncated"));
    }

    @Test
    void skippedProblemsAreReportedAndTheRestIsRegistered() throws Exception {
        String path = sourceWithProblems();

        Dataset dataset = imported.ended(importByPath(Map.of(
                "path", path, "classes", List.of("a", "b"), "onError", "skip", "validationShare", 0.25, "seed", 1)));

        assertThat(dataset.state()).as(dataset.error()).isEqualTo(ImportState.REGISTERED);
        assertThat(dataset.report().problemCount()).isEqualTo(13);
        assertThat(dataset.registration().split().kind()).isEqualTo(Kind.STRATIFIED);
        assertThat(dataset.registration().foldCounts()).containsExactly(List.of(1, 1), List.of(3, 3));
        assertThat(imported.imagesInRanges(dataset.registration()))
                .extracting(LabelledImage::filename)
                .containsExactlyInAnyOrder(
                        "good-0.png",
                        "good-1.png",
                        "good-2.png",
                        "good-3.png",
                        "good-4.png",
                        "good-5.png",
                        "good-6.png",
                        "good-7.png");
    }

    @Test
    void foldsOfTheCsvAreUsedAndOthersBesideThemRefused() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        StringBuilder csv = new StringBuilder("Filename,Label,Group,Fold\n");
        for (int i = 0; i < 12; i++) {
            files.put(i + ".png", png(3000 + i));
            csv.append(i + ".png," + i % 2 + ",patient " + i / 4 + "," + i / 4 + "\n");
        }
        files.put("skipped.png", png(3100));
        csv.append("skipped.png,0,patient 0,validation\n");
        imported.write("in-folds", files, csv);
        Map<String, Object> body = Map.of("path", "in-folds", "classes", List.of("a", "b"), "onError", "skip");

        Dataset dataset = imported.ended(importByPath(body));

        assertThat(dataset.state()).as(dataset.error()).isEqualTo(ImportState.REGISTERED);
        assertThat(dataset.report().countsByKind()).containsOnlyKeys(Problem.Kind.UNKNOWN_FOLD);
        assertThat(dataset.registration().split()).isEqualTo(new Split(Kind.GROUPED_GIVEN, 0, 3, null));
        assertThat(dataset.registration().foldCounts()).containsExactly(List.of(2, 2), List.of(2, 2), List.of(2, 2));
        assertThat(imported.imagesInRanges(dataset.registration()))
                .hasSize(12)
                .allSatisfy(image -> assertThat(image.group()).isEqualTo("patient " + image.fold()));
        assertThat(imported.announcements(dataset.id())).containsOnly(dataset.registration());

        for (Map<String, Object> option :
                List.<Map<String, Object>>of(Map.of("folds", 3), Map.of("validationShare", 0.2), Map.of("seed", 3))) {
            Map<String, Object> withOption = new HashMap<>(body);
            withOption.putAll(option);
            Dataset refused = imported.ended(importByPath(withOption));
            assertThat(refused.state()).isEqualTo(ImportState.REJECTED);
            assertThat(refused.error()).contains("train.csv: its column Fold").contains("out of the request");
        }
    }

    @Test
    void aFoldThatStaysHasItsFingerprintInEachImport() throws Exception {
        DatasetRegistered first = roundOfAnnotation("round-1", 8);
        DatasetRegistered second = roundOfAnnotation("round-2", 12);

        assertThat(first.foldFingerprints()).hasSize(2).allMatch(fingerprint -> fingerprint.matches("[0-9a-f]{64}"));
        assertThat(second.foldFingerprints())
                .hasSize(2)
                .element(0)
                .isEqualTo(first.foldFingerprints().get(0));
        assertThat(second.foldFingerprints().get(1))
                .isNotEqualTo(first.foldFingerprints().get(1));
        assertThat(imported.announcements(first.datasetId())).containsOnly(first);
    }

    /** The first four images are validated on, the others learned from; files and groups have new names in each. */
    private DatasetRegistered roundOfAnnotation(String name, int images) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        StringBuilder csv = new StringBuilder("Filename,Label,Group,Fold\n");
        for (int i = 0; i < images; i++) {
            int fold = i < 4 ? 0 : 1;
            files.put(name + "-" + i + ".png", png(4000 + i));
            csv.append(name + "-" + i + ".png," + i % 2 + "," + name + "-" + fold + "," + fold + "\n");
        }
        imported.write(name, files, csv);
        Dataset dataset = imported.ended(importByPath(Map.of("path", name, "classes", List.of("a", "b"))));
        assertThat(dataset.state()).as(dataset.error()).isEqualTo(ImportState.REGISTERED);
        return dataset.registration();
    }

    @Test
    void anUploadIsImportedAndItsFilesAreGoneAfterwards() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        StringBuilder csv = new StringBuilder("Filename,Label\n");
        for (int i = 0; i < 20; i++) {
            files.put("top/" + i + ".png", png(1000 + i));
            csv.append(i).append(".png,").append(i % 2 == 0 ? "Left" : "right").append('\n');
        }
        Path zip = Files.createTempFile("upload", ".zip");
        TestImages.zip(zip, files);

        String id = given().multiPart("csv", "labels.csv", csv.toString().getBytes(), "text/csv")
                .multiPart("archive", zip.toFile(), "application/zip")
                .multiPart("name", "sides")
                .multiPart("classes", "left, right")
                .multiPart("folds", "4")
                .post("/datasets")
                .then()
                .statusCode(202)
                .header("Location", containsString("/datasets/"))
                .extract()
                .path("id");

        Dataset dataset = imported.ended(id);
        assertThat(dataset.state()).as(dataset.error()).isEqualTo(ImportState.REGISTERED);
        assertThat(dataset.name()).isEqualTo("sides");
        assertThat(dataset.registration().classes()).containsExactly("left", "right");
        assertThat(dataset.registration().foldCounts())
                .extracting(fold -> fold.stream().mapToInt(i -> i).sum())
                .containsExactly(5, 5, 5, 5);
        assertThat(imported.imagesInRanges(dataset.registration())).hasSize(20);
        await().atMost(Duration.ofMinutes(1)).until(() -> !Files.exists(uploads.resolve(id)));
        try (Stream<Path> left = Files.walk(uploads)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void anUnreadableArchiveOrCsvIsRefusedAsAWhole() throws Exception {
        Path folder = Files.createDirectories(root.resolve("unreadable"));
        Files.writeString(folder.resolve("train.csv"), "Filename,Label\n1.png,0\n");
        Files.writeString(folder.resolve("train.zip"), "no zip");
        Dataset noZip = imported.ended(importByPath(Map.of("path", "unreadable", "onError", "skip")));
        assertThat(noZip.state()).isEqualTo(ImportState.REJECTED);
        assertThat(noZip.report().countsByKind()).containsOnlyKeys(Problem.Kind.UNREADABLE_ARCHIVE);

        Files.writeString(folder.resolve("train.csv"), "File,Class\n1.png,0\n");
        TestImages.zip(folder.resolve("train.zip"), Map.of("1.png", png(1)));
        Dataset noColumns = imported.ended(importByPath(Map.of("path", "unreadable")));
        assertThat(noColumns.state()).isEqualTo(ImportState.REJECTED);
        assertThat(noColumns.error()).contains("the column Filename is missing");

        Files.writeString(folder.resolve("train.csv"), "F\0ilename,Label\n1.png,0\n");
        Dataset nul = imported.ended(importByPath(Map.of("path", "unreadable")));
        assertThat(nul.state()).isEqualTo(ImportState.REJECTED);
        assertThat(nul.error()).contains("the column Filename is missing").contains("F\uFFFDilename");
    }

    private static String importByPath(Map<String, Object> body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/datasets")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    /** Eight good images and each kind of problem. */
    private String sourceWithProblems() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        StringBuilder csv = new StringBuilder("Filename,Label\n");
        for (int i = 0; i < 8; i++) {
            files.put("good-" + i + ".png", png(100 + i));
            csv.append("good-" + i + ".png," + i % 2 + "\n");
        }
        files.put("unnamed.png", png(200));
        files.put("../escape.png", png(201));
        Map.of(
                        "blank.png,", png(202),
                        "unknown.png,7", png(203),
                        "same-as-other.png,0", png(204),
                        "other.png,1", png(204),
                        "cut.png,1", TestImages.truncated(png(206)),
                        "empty.png,1", new byte[0],
                        "text.png,1", "no image".getBytes(),
                        "wide.png,1", TestImages.encoded(207, 65, "png"))
                .forEach((row, bytes) -> {
                    files.put(row.substring(0, row.indexOf(',')), bytes);
                    csv.append(row).append('\n');
                });
        files.put("twice.png", png(208));
        files.put("zz-copy.png", png(100));
        csv.append("twice.png,0\ntwice.png,1\nabsent.png,1\nzz-copy.png,0\n");
        imported.write("problems", files, csv);
        return "problems";
    }
}
