package io.karyoflow.launcher.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.Attribution;
import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.DatasetRegistered.Split;
import io.karyoflow.common.message.DatasetRegistered.Split.Kind;
import io.karyoflow.common.message.Prediction;
import io.karyoflow.launcher.LocalServer;
import io.karyoflow.launcher.answers.AnswerTotals;
import io.karyoflow.launcher.answers.Answers;
import io.karyoflow.launcher.answers.DeadLetter;
import io.karyoflow.launcher.answers.ExplainExamples;
import io.karyoflow.launcher.answers.StreamImages;
import io.karyoflow.launcher.client.IngestClient;
import io.karyoflow.launcher.client.IngestClient.Dataset;
import io.karyoflow.launcher.client.TunerClient.Specification;
import io.karyoflow.launcher.client.TunerClient.Study;
import io.karyoflow.launcher.client.TunerClient.StudyState;
import io.karyoflow.launcher.client.TunerClient.Trial;
import io.karyoflow.launcher.client.TunerClient.TrialReport;
import io.karyoflow.launcher.client.TunerClient.TrialState;
import io.karyoflow.launcher.data.JobData;
import io.karyoflow.launcher.progress.Parts;
import io.karyoflow.launcher.progress.Patience;
import io.karyoflow.launcher.progress.Progress;
import io.karyoflow.launcher.progress.RushingClock;
import io.karyoflow.launcher.report.JobReport;
import io.karyoflow.launcher.report.WriteResults;
import io.karyoflow.launcher.study.StudyResult;
import io.karyoflow.launcher.study.StudyResults;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelAndExplainTest {
    @TempDir
    Path folder;

    private final Clock clock = RushingClock.by(Duration.ofSeconds(20));
    private final Progress progress = new Progress(new PrintStream(OutputStream.nullOutputStream()), false, clock);
    private final RecordedAnswers answers = new RecordedAnswers();
    private final AtomicInteger requests = new AtomicInteger();

    @BeforeEach
    void twoImagesToLabel() throws IOException {
        Files.writeString(folder.resolve("train.csv"), "Filename,Label\nslide7/1.png,muscle\n");
        Files.write(Files.createDirectories(folder.resolve("train/slide7")).resolve("1.png"), png());
        for (String name : List.of("a.png", "b.png")) {
            Files.write(Files.createDirectories(folder.resolve("test")).resolve(name), png());
            answers.byFilename.put(name, prediction("muscle"));
        }
        Files.createDirectories(folder.resolve("staging"));
        Files.createDirectories(folder.resolve("scanner"));
    }

    @Test
    void everyExplanationIsWrittenBesideTheLabels() throws IOException {
        JobReport report = run(request -> {
            answers.explain("r" + requests.incrementAndGet(), ExplainExamples.METHODS);
            return accepted();
        });

        assertThat(report.shortcomings()).isEmpty();
        assertThat(labels()).containsExactly("Filename,Label", "a.png,muscle", "b.png,muscle");
        assertThat(folder.resolve("out/attributions/muscle/b-saliency.png")).isNotEmptyFile();
    }

    @Test
    void imagesGoThroughTheSystemAsThoseOfTheirSlides() throws IOException {
        Files.createDirectories(folder.resolve("test/slide 1"));
        Files.createDirectories(folder.resolve("test/slide 2"));
        Files.move(folder.resolve("test/a.png"), folder.resolve("test/slide 1/a.png"));
        Files.move(folder.resolve("test/b.png"), folder.resolve("test/slide 2/b.png"));
        answers.byFilename.put("unlabelled/slide 1/a.png", answers.byFilename.remove("a.png"));
        answers.byFilename.put("unlabelled/slide 2/b.png", answers.byFilename.remove("b.png"));
        List<String> asked = new ArrayList<>();

        JobReport report = run(request -> {
            asked.add(request);
            answers.explain("r" + requests.incrementAndGet(), ExplainExamples.METHODS);
            return accepted();
        });

        assertThat(report.shortcomings()).isEmpty();
        assertThat(labels()).containsExactly("Filename,Label", "a.png,muscle", "b.png,muscle");
        assertThat(folder.resolve("scanner/unlabelled/slide 2/b.png")).isNotEmptyFile();
        assertThat(asked)
                .hasSize(2)
                .allMatch(request -> request.contains("slide=unlabelled%2Fslide+"))
                .anyMatch(request -> request.contains("slide+2"));
    }

    @Test
    void labelsAreThereBeforeAnythingIsExplainedAndStayWhenThatFails() throws IOException {
        List<String> labelsBefore = new ArrayList<>();
        JobReport report = run(request -> {
            labelsBefore.addAll(labels());
            return null;
        });

        assertThat(labelsBefore).containsExactly("Filename,Label", "a.png,muscle", "b.png,muscle");
        assertThat(labels()).isEqualTo(labelsBefore);
        assertThat(report.shortcomings())
                .singleElement()
                .asString()
                .startsWith("explanation failed: ")
                .contains("refused by the test");
        assertThat(folder.resolve("out/report.json")).content().contains("refused by the test");
    }

    @Test
    void explanationsThatNeverComeAreMissingFromThoseThatDo() throws IOException {
        JobReport report = run(request -> {
            String id = "r" + requests.incrementAndGet();
            answers.explain(id, id.equals("r1") ? ExplainExamples.METHODS : List.of("saliency"));
            return accepted();
        });

        assertThat(report.shortcomings()).hasSize(2);
        assertThat(report.shortcomings().get(0))
                .startsWith("explanation failed: nothing has moved for 1 minutes")
                .contains("4 of 6 attributions");
        assertThat(report.shortcomings().get(1)).isEqualTo("2 attributions are missing");
        assertThat(folder.resolve("out/attributions/muscle/a-occlusion.png")).isNotEmptyFile();
        assertThat(folder.resolve("out/attributions/muscle/b-saliency.png")).isNotEmptyFile();
    }

    @Test
    void nobodyWaitsForWhatBecameADeadLetter() throws IOException {
        JobReport report = run(request -> {
            String id = "r" + requests.incrementAndGet();
            if (id.equals("r1")) {
                answers.explain(id, ExplainExamples.METHODS);
            } else {
                answers.deadLetters.add(
                        new DeadLetter("explanation-requests-dead-letter", id, null, "no model", "explain"));
            }
            return accepted();
        });

        assertThat(report.failures()).isEmpty();
        assertThat(report.shortcomings())
                .contains(
                        "3 attributions are missing",
                        "1 dead letters, for example on explanation-requests-dead-letter: no model (explain)");
    }

    @Test
    void nobodyWaitsForTheLabelOfAnImageThatBecameADeadLetter() throws IOException {
        answers.byFilename.remove("a.png");
        answers.deadLetters.add(
                new DeadLetter("prediction-requests-dead-letter", "k", "a.png", "too many pixels", "inference"));

        JobReport report = run(request -> {
            answers.explain("r" + requests.incrementAndGet(), ExplainExamples.METHODS);
            return accepted();
        });

        assertThat(report.failures()).isEmpty();
        assertThat(labels()).containsExactly("Filename,Label", "b.png,muscle");
        assertThat(report.shortcomings())
                .containsExactly(
                        "1 prediction requests were not answered",
                        "1 dead letters, for example of a.png on prediction-requests-dead-letter:"
                                + " too many pixels (inference)");
    }

    @Test
    void labelsThatCameAreKeptWhenOneNeverComes() throws IOException {
        answers.byFilename.remove("a.png");

        JobReport report = run(request -> {
            answers.explain("r" + requests.incrementAndGet(), ExplainExamples.METHODS);
            return accepted();
        });

        assertThat(labels()).containsExactly("Filename,Label", "b.png,muscle");
        assertThat(report.failures().get("prediction")).contains("1 of 2 labelled");
        assertThat(folder.resolve("out/attributions/muscle/b-saliency.png")).isNotEmptyFile();
    }

    @Test
    void trainingImagesAreExplainedByTheNamesOfTheCsvWhereThereAreNoOthers() throws IOException {
        Files.delete(folder.resolve("test/a.png"));
        Files.delete(folder.resolve("test/b.png"));

        JobReport report = run(request -> {
            answers.explain("r" + requests.incrementAndGet(), ExplainExamples.METHODS);
            return accepted();
        });

        assertThat(report.shortcomings()).isEmpty();
        assertThat(folder.resolve("out/attributions/muscle/slide7_1-saliency.png"))
                .isNotEmptyFile();
    }

    private JobReport run(Function<String, String> ingest) throws IOException {
        Patience patience = new Patience(progress, clock, Duration.ofMinutes(1), folder.resolve("logs"), () -> {});
        try (LocalServer server = new LocalServer(ingest)) {
            return new LabelAndExplain(
                            new StreamImages(folder.resolve("staging"), folder.resolve("scanner"), answers, patience),
                            new ExplainExamples(new IngestClient(server.uri()), answers, patience),
                            answers,
                            new WriteResults(folder.resolve("out")),
                            new Parts(progress, clock),
                            patience)
                    .run(JobData.in(folder), dataset(), StudyResults.of(study()));
        }
    }

    private String accepted() {
        return "{\"requestId\": \"r" + requests + "\", \"imageId\": \"i\"}";
    }

    private List<String> labels() {
        try {
            return Files.readAllLines(folder.resolve("out/labels.csv"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dataset dataset() {
        DatasetRegistered registration = new DatasetRegistered(
                "d",
                "nuclei",
                List.of("epithelium", "muscle"),
                1,
                List.of(0, 1),
                List.of(List.of(0, 1)),
                new Split(Kind.STRATIFIED, 0, 1, null),
                List.of(),
                Instant.EPOCH);
        return new Dataset("d", "nuclei", Dataset.State.REGISTERED, 1, 1, 1, List.of(), 0, registration, null);
    }

    private static StudyResult study() {
        TrialReport report = new TrialReport(
                List.of("epithelium", "muscle"), new int[][] {{1, 0}, {0, 1}}, List.of(), null, 1, 0, 0, 0, 0);
        Trial trial = new Trial(
                "t", 1, TrialState.COMPLETED, 1, Map.of(), 0, 5, null, "w", null, null, "m", List.of(), report);
        Study study = new Study(
                "s",
                "study",
                StudyState.COMPLETED,
                "d",
                new Specification("convnet", 5, 7),
                Map.of(),
                "t",
                "m",
                "the first");
        return new StudyResult(study, List.of(trial), trial);
    }

    private static Prediction prediction(String className) {
        return new Prediction(
                "r", "i", "f", null, null, null, null, 1, className, List.of(), "m", Instant.EPOCH, Instant.EPOCH, 1);
    }

    private static byte[] png() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers that the test gives. */
    private static final class RecordedAnswers implements Answers {
        private final Map<String, Prediction> byFilename = new HashMap<>();
        private final Map<String, Map<String, Attribution>> attributions = new HashMap<>();
        private final List<DeadLetter> deadLetters = new ArrayList<>();

        private void explain(String requestId, List<String> methods) {
            attributions.put(
                    requestId,
                    methods.stream().collect(Collectors.toMap(Function.identity(), RecordedAnswers::attribution)));
        }

        private static Attribution attribution(String method) {
            return new Attribution(
                    "r",
                    "i",
                    "f",
                    method,
                    Map.of(),
                    1,
                    "muscle",
                    1,
                    1,
                    List.of(1, 1),
                    "",
                    Base64.getEncoder().encodeToString(png()),
                    new Attribution.Faithfulness(null, 0.2, 0.9, null, null),
                    "m",
                    Instant.EPOCH,
                    1);
        }

        @Override
        public Optional<Prediction> predictionOf(String filename) {
            return Optional.ofNullable(byFilename.get(filename));
        }

        @Override
        public Optional<Prediction> prediction(String requestId) {
            return attributions.containsKey(requestId)
                    ? Optional.of(LabelAndExplainTest.prediction("muscle"))
                    : Optional.empty();
        }

        @Override
        public Map<String, Attribution> attributions(String requestId) {
            return attributions.getOrDefault(requestId, Map.of());
        }

        @Override
        public List<DeadLetter> deadLetters() {
            return deadLetters;
        }

        @Override
        public AnswerTotals totals() {
            return new AnswerTotals(
                    byFilename.size() + attributions.size(),
                    0,
                    attributions.values().stream().mapToInt(Map::size).sum(),
                    deadLetters);
        }
    }
}
