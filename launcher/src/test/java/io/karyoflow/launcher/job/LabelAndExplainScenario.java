package io.karyoflow.launcher.job;

import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.DatasetRegistered.Split;
import io.karyoflow.common.message.DatasetRegistered.Split.Kind;
import io.karyoflow.launcher.LocalServer;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.imageio.ImageIO;

/** A job on two images to label, whose ingest service and answers a test plays. */
final class LabelAndExplainScenario {
    final RecordedAnswers answers = new RecordedAnswers();

    private final Path folder;
    private final Clock clock = RushingClock.by(Duration.ofSeconds(20));
    private final Progress progress = new Progress(new PrintStream(OutputStream.nullOutputStream()), false, clock);
    private final AtomicInteger requests = new AtomicInteger();

    LabelAndExplainScenario(Path folder) throws IOException {
        this.folder = folder;
        Files.writeString(folder.resolve("train.csv"), "Filename,Label\nslide7/1.png,muscle\n");
        Files.write(Files.createDirectories(folder.resolve("train/slide7")).resolve("1.png"), png());
        for (String name : List.of("a.png", "b.png")) {
            Files.write(Files.createDirectories(folder.resolve("test")).resolve(name), png());
            answers.byFilename.put(name, RecordedAnswers.labelled("muscle"));
        }
        Files.createDirectories(folder.resolve("staging"));
        Files.createDirectories(folder.resolve("scanner"));
    }

    /** @param ingest answers requests for explanations; null refuses */
    JobReport run(Function<String, String> ingest) throws IOException {
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

    /** Ingest's answer to a request of which every explanation comes. */
    String explainAll(String request) {
        String id = nextRequestId();
        answers.explain(id, ExplainExamples.METHODS);
        return accepted(id);
    }

    String nextRequestId() {
        return "r" + requests.incrementAndGet();
    }

    String accepted(String id) {
        return "{\"requestId\": \"" + id + "\", \"imageId\": \"i\"}";
    }

    /** The lines of the table that the job has written. */
    List<String> labels() {
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
                null,
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

    static byte[] png() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
