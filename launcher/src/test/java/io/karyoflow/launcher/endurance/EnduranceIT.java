package io.karyoflow.launcher.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.Attribution;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Topics;
import io.karyoflow.launcher.RecordedMessages;
import io.karyoflow.launcher.answers.CollectAnswers;
import io.karyoflow.launcher.client.IngestClient;
import io.karyoflow.launcher.client.RequestRefused;
import io.karyoflow.launcher.client.TunerClient;
import io.karyoflow.launcher.client.TunerClient.StudyState;
import io.karyoflow.launcher.data.Images;
import io.karyoflow.launcher.data.ImportDataset;
import io.karyoflow.launcher.data.JobData;
import io.karyoflow.launcher.progress.Patience;
import io.karyoflow.launcher.progress.Progress;
import io.karyoflow.launcher.study.ConvNetStudy;
import io.karyoflow.launcher.study.StudyBudget;
import io.karyoflow.launcher.system.RunningSystem;
import io.karyoflow.launcher.system.Service;
import io.karyoflow.launcher.system.StartSystem;
import io.karyoflow.launcher.system.SystemSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole system at work while one part after the other fails. With {@code -Dkaryoflow.endurance.minutes=} it goes on
 * until then, with {@code -Dkaryoflow.endurance.seed=} in another order.
 */
class EnduranceIT {
    private static final Duration AT_LEAST = Duration.ofMinutes(Integer.getInteger("karyoflow.endurance.minutes", 0));
    private static final long SEED = Long.getLong("karyoflow.endurance.seed", 1);

    @TempDir
    Path folder;

    private final Progress progress = new Progress(System.out, false, Clock.systemUTC());
    private final AtomicInteger studies = new AtomicInteger();
    private Path scannerFolder;
    private RunningSystem system;
    private Patience patience;

    @BeforeEach
    void startWithTwoTrainers() {
        scannerFolder = folder.resolve("scanner"); // not in that of an ingest service, which is deleted with it
        system = new RunningSystem(new SystemSettings(
                Path.of("..").toAbsolutePath().normalize(),
                Path.of("target", "endurance-it-logs").toAbsolutePath(),
                Optional.empty(),
                Map.of(
                        Service.TRAINER,
                        Map.of("karyoflow.trainer.slots", "1"),
                        Service.INGEST,
                        Map.of("karyoflow.scanner.folder", scannerFolder.toString())),
                true));
        new StartSystem(system, progress).start();
        system.start(Service.TRAINER);
        system.awaitReady(progress);
        patience = new Patience(progress, Clock.systemUTC(), Duration.ofMinutes(4), system.logs(), () -> {});
    }

    @AfterEach
    void stop() {
        system.close();
    }

    @Test
    void everyRequestIsAnsweredOnceAndEveryStudyEndsWhateverFails() throws Exception {
        IngestClient ingest = new IngestClient(system.service(Service.INGEST).uri());
        String path = ingest.generateSample("nuclei", 600, 100, 5).path();
        String dataset =
                new ImportDataset(ingest, patience).run(path, "nuclei", false).id();
        Images images =
                JobData.in(system.importRoot().resolve(path)).unlabelled().orElseThrow();
        runStudy(dataset, 1); // so that there is a model

        try (CollectAnswers answers = new CollectAnswers(system.bootstrapServers());
                Traffic traffic = new Traffic(
                        folder,
                        scannerFolder,
                        system.bootstrapServers(),
                        List.copyOf(images.read(images.names()).values()))) {
            fail(traffic, dataset);

            awaitAnswers(traffic, answers);
            assertThat(answers.repeatedPredictions()).isZero();
            assertThat(answers.deadLetters()).isEmpty();
            assertThat(RecordedMessages.of(system.bootstrapServers(), List.of(Topics.ATTRIBUTIONS)))
                    .extracting(message -> message.key() + " by "
                            + MessageJson.read(message.value(), Attribution.class)
                                    .method())
                    .doesNotHaveDuplicates();
            int asked = traffic.files().size() + traffic.requests().size();
            assertThat(answers.predictionCount()).isEqualTo(asked);
            patience.await(
                    "labels to be stored",
                    () -> count("SELECT count(*) FROM prediction"),
                    stored -> stored == asked,
                    stored -> stored + " of " + asked + " stored");
            assertThat(scannerFolder.resolve("rejected")).isEmptyDirectory();
            try (Stream<Path> done = Files.walk(scannerFolder.resolve("done"))) {
                assertThat(done.filter(Files::isRegularFile))
                        .hasSize(traffic.files().size());
            }
        }
        assertThat(count("SELECT count(*) FROM study WHERE state <> 'COMPLETED'"))
                .isZero();
        assertThat(count("SELECT count(*) FROM trial WHERE state <> 'COMPLETED'"))
                .isZero();
        assertThat(studies).hasValueGreaterThan(1);
        assertThat(system.ended()).isEmpty();
    }

    private void fail(Traffic traffic, String dataset) throws Exception {
        Faults faults = new Faults(system, patience, new Random(SEED));
        Instant end = Instant.now().plus(AT_LEAST);
        try (Background files = new Background("files", Duration.ofMillis(200), traffic::writeFile);
                Background requests = new Background("requests", Duration.ofMillis(150), traffic::sendRequest);
                Background studying = new Background("studies", Duration.ZERO, () -> runStudy(dataset, 3))) {
            do {
                faults.round();
            } while (Instant.now().isBefore(end));
            files.end();
            requests.end();
            studying.end();
        }
    }

    private void runStudy(String dataset, int trials) throws InterruptedException {
        StudyBudget budget = new StudyBudget(trials, 2, 4, studies.incrementAndGet());
        Map<String, Object> specification = new ConvNetStudy(32, false, budget).specification(dataset, true);
        String id =
                patience.await("a tuner", () -> start(specification), started -> true, started -> "study " + started);
        patience.await(
                "study " + id,
                () -> tuner().study(id).state(),
                StudyState::isFinal,
                state -> "study " + id + " is " + state);
    }

    private String start(Map<String, Object> specification) {
        try {
            return tuner().startStudy(specification).id();
        } catch (RequestRefused e) {
            if (e.status() == 503) { // PostgreSQL has just crashed: to be tried again
                throw new UncheckedIOException(new IOException(e));
            }
            throw e;
        }
    }

    /** Wherever it runs now. */
    private TunerClient tuner() {
        return new TunerClient(system.service(Service.TUNER).uri());
    }

    private void awaitAnswers(Traffic traffic, CollectAnswers answers) {
        progress.step("Waiting for answers");
        patience.await(
                "answers",
                () -> traffic.files().stream()
                                .filter(file -> answers.predictionOf(file).isEmpty())
                                .count()
                        + traffic.requests().stream()
                                .filter(id -> answers.prediction(id).isEmpty())
                                .count()
                        + traffic.explained().stream()
                                .filter(id -> answers.attributions(id).size() < Traffic.METHODS.size())
                                .count(),
                missing -> missing == 0,
                missing -> missing + " are missing");
    }

    private long count(String sql) {
        return Jdbi.create(system.dataSource())
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }
}
