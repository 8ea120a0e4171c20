package io.karyoflow.ingest.dataset;

import static io.karyoflow.ingest.TestImages.png;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.DatasetRegistered.OffsetRange;
import io.karyoflow.common.message.DatasetRegistered.Split.Kind;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Sha256;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.ImageRecords;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.ingest.IngestProfile;
import io.karyoflow.ingest.ReadTopic;
import io.karyoflow.ingest.TestImages;
import io.karyoflow.ingest.dataset.split.SplitRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** From an archive to records that can be read back, through REST, PostgreSQL and Kafka. */
@QuarkusTest
@TestProfile(IngestProfile.class)
@QuarkusTestResource(InfrastructureTestResource.class)
class ImportIT {
    @Inject
    Datasets datasets;

    @Inject
    RunImports runImports;

    @Inject
    PublishImages publishImages;

    @ConfigProperty(name = IngestProfile.IMPORT_ROOT)
    Path root;

    @ConfigProperty(name = "karyoflow.import.uploads")
    Path uploads;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void aGeneratedSampleIsImportedByPathAndItsRangesHoldIt() throws Exception {
        String path = given().contentType(ContentType.JSON)
                .body(Map.of("name", "sample", "labelled", 200, "unlabelled", 8, "seed", 1))
                .post("/samples")
                .then()
                .statusCode(201)
                .extract()
                .path("path");

        Dataset dataset = ended(importByPath(Map.of("path", path, "name", "nuclei", "seed", 3)));

        assertThat(dataset.state()).as(dataset.error()).isEqualTo(ImportState.REGISTERED);
        assertThat(dataset.report().problemCount()).isZero();
        assertThat(dataset.report().warnings()).isEmpty();
        DatasetRegistered registration = dataset.registration();
        assertThat(registration.images()).isEqualTo(200);
        assertThat(registration.split().kind()).isEqualTo(Kind.GROUPED_STRATIFIED);
        assertThat(registration.split().folds()).isEqualTo(5);
        assertThat(registration.classes())
                .containsExactly("normal epithelial", "cancer epithelial", "muscle", "immune leukocyte");
        List<LabelledImage> images = imagesInRanges(registration);
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
        assertThat(announcements(dataset.id())).containsOnly(registration);
    }

    @Test
    void problemsRefuseTheWholeAndPublishNothing() throws Exception {
        String path = sourceWithProblems();

        Dataset dataset = ended(importByPath(Map.of("path", path, "classes", List.of("a", "b"), "folds", 2)));

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
        assertThat(imagesOf(dataset.id())).isEmpty();
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

        Dataset dataset = ended(importByPath(Map.of(
                "path", path, "classes", List.of("a", "b"), "onError", "skip", "validationShare", 0.25, "seed", 1)));

        assertThat(dataset.state()).as(dataset.error()).isEqualTo(ImportState.REGISTERED);
        assertThat(dataset.report().problemCount()).isEqualTo(13);
        assertThat(dataset.registration().split().kind()).isEqualTo(Kind.STRATIFIED);
        assertThat(dataset.registration().foldCounts()).containsExactly(List.of(1, 1), List.of(3, 3));
        assertThat(imagesInRanges(dataset.registration()))
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

        Dataset dataset = ended(id);
        assertThat(dataset.state()).as(dataset.error()).isEqualTo(ImportState.REGISTERED);
        assertThat(dataset.name()).isEqualTo("sides");
        assertThat(dataset.registration().classes()).containsExactly("left", "right");
        assertThat(dataset.registration().foldCounts())
                .extracting(fold -> fold.stream().mapToInt(i -> i).sum())
                .containsExactly(5, 5, 5, 5);
        assertThat(imagesInRanges(dataset.registration())).hasSize(20);
        await().until(() -> !Files.exists(uploads.resolve(id)));
        try (Stream<Path> left = Files.walk(uploads)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void anUnreadableArchiveOrCsvIsRefusedAsAWhole() throws Exception {
        Path folder = Files.createDirectories(root.resolve("unreadable"));
        Files.writeString(folder.resolve("train.csv"), "Filename,Label\n1.png,0\n");
        Files.writeString(folder.resolve("train.zip"), "no zip");
        Dataset noZip = ended(importByPath(Map.of("path", "unreadable", "onError", "skip")));
        assertThat(noZip.state()).isEqualTo(ImportState.REJECTED);
        assertThat(noZip.report().countsByKind()).containsOnlyKeys(Problem.Kind.UNREADABLE_ARCHIVE);

        Files.writeString(folder.resolve("train.csv"), "File,Class\n1.png,0\n");
        TestImages.zip(folder.resolve("train.zip"), Map.of("1.png", png(1)));
        Dataset noColumns = ended(importByPath(Map.of("path", "unreadable")));
        assertThat(noColumns.state()).isEqualTo(ImportState.REJECTED);
        assertThat(noColumns.error()).contains("the column Filename is missing");

        Files.writeString(folder.resolve("train.csv"), "F\0ilename,Label\n1.png,0\n");
        Dataset nul = ended(importByPath(Map.of("path", "unreadable")));
        assertThat(nul.state()).isEqualTo(ImportState.REJECTED);
        assertThat(nul.error()).contains("the column Filename is missing").contains("F\uFFFDilename");
    }

    @Test
    void anImportThatACrashLeftHalfPublishedBeginsAgainAndItsRangesHoldItOnce() throws Exception {
        // Given an import of 30 images of which an earlier process has published 10
        ImportRequest request = request(source("resumed", 30, 2000));
        String id = RunImports.newId();
        datasets.add(id, request);
        datasets.publishing(id, ImportReport.EMPTY);
        PublishImages.Publication before = publishImages.begin();
        for (int i = 0; i < 10; i++) {
            byte[] bytes = png(2000 + i);
            before.send(new LabelledImage(Sha256.of(bytes), id, i + ".png", 0, 0, null, "image/png", bytes));
        }
        before.complete();

        // When the service starts
        runImports.resume();

        // Then
        Dataset dataset = ended(id);
        assertThat(dataset.state()).isEqualTo(ImportState.REGISTERED);
        assertThat(imagesOf(id)).hasSize(40);
        assertThat(imagesInRanges(dataset.registration()))
                .extracting(LabelledImage::filename)
                .doesNotHaveDuplicates()
                .hasSize(30);
    }

    @Test
    void attemptsAreCountedUnlessTheyWereSurvived() throws Exception {
        String id = RunImports.newId();
        datasets.add(id, request(source("attempts", 4, 5000)));
        assertThat(datasets.attempts(id)).isZero();
        datasets.survived(id);
        for (int i = 0; i < 4; i++) {
            datasets.validating(id);
        }
        datasets.survived(id);
        assertThat(datasets.attempts(id)).isEqualTo(3);

        runImports.resume();

        Dataset dataset = ended(id);
        assertThat(dataset.state()).isEqualTo(ImportState.FAILED);
        assertThat(dataset.error()).contains("ended this process 3 times");
    }

    @Test
    void aRegistrationThatACrashLeftUnannouncedIsAnnounced() throws Exception {
        String id = RunImports.newId();
        DatasetRegistered registration = new DatasetRegistered(
                id,
                "left",
                List.of("a", "b"),
                2,
                List.of(1, 1),
                List.of(List.of(1, 0), List.of(0, 1)),
                new DatasetRegistered.Split(Kind.STRATIFIED, 0, 2, null),
                List.of(new OffsetRange(0, 0, 2)),
                java.time.Instant.parse("2026-01-01T00:00:00Z"));
        datasets.add(id, request(source("unannounced", 4, 3000)));
        datasets.registered(id, registration);

        await().until(() -> datasets.unannounced().isEmpty());

        assertThat(announcements(id)).containsExactly(registration);
    }

    @Test
    void onlyOneInstanceClaimsAnImport() {
        try (Datasets.Claim claim = datasets.claim("x").orElseThrow()) {
            assertThat(claim).isNotNull();
            assertThat(datasets.claim("x")).isEmpty();
            datasets.claim("y").orElseThrow().close();
        }
        datasets.claim("x").orElseThrow().close();
    }

    @Test
    void whatCannotBeImportedIsRefusedWithWhatToDo() throws Exception {
        source("refusals", 4, 4000);
        refused(Map.of("path", "nowhere"), 404, "no such folder");
        refused(Map.of("path", "../.."), 422, "relative to it");
        refused(Map.of("name", "x"), 422, "path is missing");
        refused(Map.of("path", "refusals", "folds", 1), 422, "from 2 to 100");
        refused(Map.of("path", "refusals", "folds", 3, "validationShare", 0.2), 422, "not both");
        refused(Map.of("path", "refusals", "classes", List.of("a", "A")), 422, "twice");
        refused(Map.of("path", "refusals", "classes", Arrays.asList("a", null)), 422, "null");
        refused(Map.of("path", "refusals", "fold", 3), 400, "\"fold\"");
        refused(Map.of("path", "refusals", "onError", "ignore"), 400, "onError");
        refused(Map.of("path", "refusals", "folds", 2.9), 400, "folds");
        given().multiPart("csv", "x.csv", "Filename,Label\n".getBytes())
                .post("/datasets")
                .then()
                .statusCode(422)
                .contentType(endsWith("problem+json"))
                .body("detail", containsString("archive"));
        given().multiPart("csv", "x.csv", "Filename,Label\n".getBytes())
                .multiPart("archive", "x.zip", "zip".getBytes())
                .multiPart("onError", "maybe")
                .post("/datasets")
                .then()
                .statusCode(422)
                .body("detail", containsString("reject or skip"));
        given().multiPart("csv", "x.csv", "Filename,Label\n".getBytes())
                .multiPart("archive", "x.zip", "zip".getBytes())
                .multiPart("folds", "2.9")
                .post("/datasets")
                .then()
                .statusCode(422)
                .body("detail", containsString("whole number"));
        given().get("/datasets/nothing").then().statusCode(404).body("detail", containsString("nothing"));
        given().get("/datasets").then().statusCode(200);
    }

    private static void refused(Map<String, Object> body, int status, String detail) {
        given().contentType(ContentType.JSON)
                .body(body)
                .post("/datasets")
                .then()
                .statusCode(status)
                .contentType(endsWith("problem+json"))
                .body(org.hamcrest.Matchers.containsString(detail));
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

    private Dataset ended(String id) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> switch (datasets.find(id).orElseThrow().state()) {
                    case VALIDATING, PUBLISHING -> false;
                    case REGISTERED, REJECTED, FAILED -> true;
                });
        return datasets.find(id).orElseThrow();
    }

    private ImportRequest request(Path folder) {
        return new ImportRequest(
                "test",
                new ImportSource(folder.resolve("train.csv"), folder.resolve("train.zip"), false),
                List.of("a", "b"),
                OnError.REJECT,
                SplitRequest.folds(2, 0));
    }

    private Path source(String name, int images, int seed) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        StringBuilder csv = new StringBuilder("Filename,Label\n");
        for (int i = 0; i < images; i++) {
            files.put(i + ".png", png(seed + i));
            csv.append(i).append(".png,").append(i % 2).append('\n');
        }
        return write(name, files, csv);
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
        write("problems", files, csv);
        return "problems";
    }

    private Path write(String name, Map<String, byte[]> files, CharSequence csv) throws IOException {
        Path folder = Files.createDirectories(root.resolve(name));
        Files.writeString(folder.resolve("train.csv"), csv);
        TestImages.zip(folder.resolve("train.zip"), files);
        return folder;
    }

    private List<LabelledImage> imagesInRanges(DatasetRegistered registration) {
        List<LabelledImage> images = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : imagesOf(registration.datasetId())) {
            boolean inRange = registration.ranges().stream()
                    .anyMatch(range -> range.partition() == record.partition()
                            && range.from() <= record.offset()
                            && record.offset() < range.to());
            if (inRange) {
                images.add(ImageRecords.labelledImage(record));
            }
        }
        return images;
    }

    private List<ConsumerRecord<String, byte[]>> imagesOf(String dataset) {
        return ReadTopic.all(bootstrapServers, Topics.IMAGES).stream()
                .filter(record -> ImageRecords.dataset(record).orElseThrow().equals(dataset))
                .toList();
    }

    private List<DatasetRegistered> announcements(String dataset) {
        await().until(() -> datasets.unannounced().isEmpty());
        return ReadTopic.all(bootstrapServers, Topics.DATASETS).stream()
                .filter(record -> record.key().equals(dataset))
                .map(record -> MessageJson.read(record.value(), DatasetRegistered.class))
                .toList();
    }
}
