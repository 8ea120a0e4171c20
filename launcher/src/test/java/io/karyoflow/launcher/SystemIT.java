package io.karyoflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.message.Attribution;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Topics;
import io.karyoflow.embedded.GuardedProcess;
import io.karyoflow.launcher.answers.CollectAnswers;
import io.karyoflow.launcher.answers.ExplainExamples;
import io.karyoflow.launcher.answers.Explained;
import io.karyoflow.launcher.answers.StreamImages;
import io.karyoflow.launcher.answers.StreamImages.Streamed;
import io.karyoflow.launcher.client.IngestClient;
import io.karyoflow.launcher.client.IngestClient.Dataset;
import io.karyoflow.launcher.client.TunerClient;
import io.karyoflow.launcher.client.TunerClient.StudyState;
import io.karyoflow.launcher.client.TunerClient.Trial;
import io.karyoflow.launcher.client.TunerClient.TrialState;
import io.karyoflow.launcher.data.Images;
import io.karyoflow.launcher.data.ImportDataset;
import io.karyoflow.launcher.data.JobData;
import io.karyoflow.launcher.progress.JobFailure;
import io.karyoflow.launcher.progress.Parts;
import io.karyoflow.launcher.progress.Patience;
import io.karyoflow.launcher.progress.Progress;
import io.karyoflow.launcher.qupath.ClassifySlide;
import io.karyoflow.launcher.qupath.Nucleus;
import io.karyoflow.launcher.report.JobReport;
import io.karyoflow.launcher.report.WriteResults;
import io.karyoflow.launcher.study.ConvNetStudy;
import io.karyoflow.launcher.study.RunStudy;
import io.karyoflow.launcher.study.StudyBudget;
import io.karyoflow.launcher.study.StudyResult;
import io.karyoflow.launcher.study.StudyResults;
import io.karyoflow.launcher.system.RunningSystem;
import io.karyoflow.launcher.system.Service;
import io.karyoflow.launcher.system.ServiceProcess;
import io.karyoflow.launcher.system.StartSystem;
import io.karyoflow.launcher.system.SystemSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole system, in its own processes, while four of them crash. */
@Timeout(900)
class SystemIT {
    private static final int LABELLED = 400;
    private static final int UNLABELLED = 60;
    private static final ConvNetStudy STUDY = new ConvNetStudy(32, false, new StudyBudget(3, 2, 10, 11));

    @TempDir
    Path out;

    private RunningSystem system;
    private ServiceProcess secondTrainer;
    private Patience patience;

    @BeforeEach
    void startWithTwoTrainers() {
        Path home = Path.of("..").toAbsolutePath().normalize();
        Progress progress = new Progress(System.out, false, Clock.systemUTC());
        SystemSettings settings = new SystemSettings(
                home,
                Path.of("target", "system-it-logs").toAbsolutePath(),
                Optional.empty(),
                Map.of(Service.TRAINER, Map.of("karyoflow.trainer.slots", "1")));
        system = new RunningSystem(settings);
        new StartSystem(system, progress).start();
        secondTrainer = system.start(Service.TRAINER);
        system.awaitReady(progress);
        patience =
                new Patience(progress, Clock.systemUTC(), Duration.ofMinutes(4), system.logs(), system::requireAlive);
    }

    @AfterEach
    void stop() {
        if (system != null) {
            system.close();
        }
    }

    @Test
    void aStudyEndsAndEveryRequestIsAnsweredThoughATrainerAndTheTunerCrash() throws Exception {
        // Given a registered data set and a study with both trainers in the middle of a trial
        IngestClient ingest = new IngestClient(system.service(Service.INGEST).uri());
        String path = ingest.generateSample("nuclei", LABELLED, UNLABELLED, 5).path();
        JobData data = JobData.in(system.importRoot().resolve(path));
        Dataset dataset = new ImportDataset(ingest, patience).run(path, "nuclei", false);
        String studyId =
                tuner().startStudy(STUDY.specification(dataset.id(), true)).id();
        List<Trial> underWay = awaitTrials(studyId, trials -> countInMidTrial(trials) == 2);
        Map<String, String> workersBefore =
                underWay.stream().filter(SystemIT::isInMidTrial).collect(Collectors.toMap(Trial::id, Trial::worker));
        assertThat(workersBefore.values()).as("two workers").doesNotHaveDuplicates();

        // When one trainer and then the tuner are killed, and the tuner is started again
        system.kill(secondTrainer);
        List<Trial> takenOver = awaitTrials(studyId, trials -> trials.stream()
                .anyMatch(trial -> workersBefore.containsKey(trial.id())
                        && !workersBefore.get(trial.id()).equals(trial.worker())));
        assertThat(takenOver).anyMatch(trial -> !trial.state().isFinal());
        assertThat(tuner().study(studyId).state()).isEqualTo(StudyState.RUNNING);
        system.kill(system.service(Service.TUNER));
        system.start(Service.TUNER);
        system.awaitReady(patience.progress());

        // Then the study ends with every trial accounted for and a model promoted
        StudyResult study = new RunStudy(tuner(), patience, patience).awaitModel(studyId);
        assertThat(study.study().state()).isEqualTo(StudyState.COMPLETED);
        assertThat(study.trials()).hasSize(STUDY.budget().trials()).allSatisfy(trial -> {
            assertThat(trial.state()).isEqualTo(TrialState.COMPLETED);
            assertThat(trial.epochsDone()).isEqualTo(STUDY.budget().epochs());
            assertThat(trial.curves()).hasSize(STUDY.budget().epochs());
            assertThat(trial.modelId()).isNotBlank();
        });
        assertThat(study.study().promotedModelId()).isEqualTo(study.best().modelId());

        // And every request is answered, once for a reader of committed records
        try (CollectAnswers answers = new CollectAnswers(system.bootstrapServers())) {
            Streamed streamed = new StreamImages(system.stagingFolder(), system.scannerFolder(), answers, patience)
                    .run(data.unlabelled().orElseThrow());
            assertThat(streamed.refused()).isEmpty();
            assertThat(streamed.predictions()).hasSize(UNLABELLED).allSatisfy((name, prediction) -> {
                assertThat(prediction.modelId()).isEqualTo(study.best().modelId());
                assertThat(prediction.probabilities()).hasSize(4);
            });
            theScriptsForQuPathLabelDetectionsAndSendTruths(data.unlabelled().orElseThrow(), classes(streamed));
            List<Explained> explained = new ExplainExamples(ingest, answers, patience)
                    .run(data.unlabelled().orElseThrow(), classes(streamed));
            assertThat(explained).isNotEmpty().allSatisfy(example -> assertThat(example.attributions())
                    .containsOnlyKeys(ExplainExamples.METHODS));
            assertThat(answers.predictionCount()).isEqualTo(2 * UNLABELLED + explained.size());
            assertThat(answers.repeatedPredictions()).isZero();
            assertThat(answers.deadLetters()).isEmpty();

            // And the results are all there
            StudyResults studies = StudyResults.of(study);
            JobReport report = JobReport.of(
                    data,
                    dataset,
                    studies,
                    streamed,
                    explained,
                    answers.totals(),
                    new Parts(patience.progress(), patience.clock()));
            new WriteResults(out).write(report, data, studies, streamed, explained);
            assertThat(report.shortcomings()).isEmpty();
            assertThat(report.doubts()).isEmpty();
            assertThat(report.accuracyOnGeneratedTruth()).isGreaterThan(0.4); // of four classes
            assertThat(Files.readAllLines(out.resolve("labels.csv"))).hasSize(1 + UNLABELLED);
            assertThat(out.resolve("report.json")).isNotEmptyFile();
        }

        // And none is lost or answered twice while inference and explain crash and models are switched
        requestsAreAnsweredOnceThroughCrashes(data, study);

        // And the messages are as documented, and every query of the dashboards finds something
        everyMessageIsAsDocumented();
        everyDashboardQueryFindsSomething(studyId, study.best().id());

        // And a trainer that dies after the study ends only waits for what trainers do
        GuardedProcess trainer = system.service(Service.TRAINER).process();
        trainer.child().destroyForcibly();
        trainer.ended().join();
        assertThat(system.ended()).containsExactly(trainer);
        assertThatThrownBy(system::requireAlive)
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("trainer-service has ended");
        assertThatCode(() -> system.requireAlive(Set.of(Service.INGEST, Service.INFERENCE)))
                .doesNotThrowAnyException();
    }

    private void theScriptsForQuPathLabelDetectionsAndSendTruths(Images images, Map<String, String> classes)
            throws IOException {
        URI ingest = system.service(Service.INGEST).uri();
        ClassifySlide slide = new ClassifySlide(ingest, out);
        Map<String, Nucleus> nuclei = slide.run("slide 1 & 2", images);

        // each has the class that was stored for the place where it is
        Map<Long, String> stored = Jdbi.create(system.dataSource()).withHandle(handle -> handle.createQuery(
                        "SELECT x, class_name FROM dashboards.predictions WHERE slide = 'slide 1 & 2' AND y = 0")
                .reduceRows(new HashMap<>(), (labels, row) -> {
                    labels.put(row.getColumn("x", Long.class), row.getColumn("class_name", String.class));
                    return labels;
                }));
        assertThat(nuclei.values()).allSatisfy(nucleus -> {
            long left = (long) nucleus.getROI().getCentroidX() - ClassifySlide.SIDE / 2;
            assertThat(nucleus.getPathClass()).isEqualTo(stored.get(left));
            assertThat(nucleus.measurements())
                    .as("four probabilities and the margin")
                    .hasSize(5)
                    .containsKey("margin");
        });
        // it sees the colours of another slide, so a label may be another
        assertThat(nuclei.entrySet().stream()
                        .filter(nucleus -> nucleus.getValue().getPathClass().equals(classes.get(nucleus.getKey()))))
                .hasSizeGreaterThan(nuclei.size() * 3 / 4);
        assertThat(slide.review("slide 1 & 2", List.copyOf(nuclei.values())))
                .contains(UNLABELLED + " of " + UNLABELLED + " truths are stored");
    }

    private void requestsAreAnsweredOnceThroughCrashes(JobData data, StudyResult study) throws Exception {
        Images images = data.unlabelled().orElseThrow();
        List<byte[]> bytes = List.copyOf(images.read(images.names()).values());
        List<String> models = study.trials().stream().map(Trial::modelId).toList();

        List<String> requests = new SendThroughCrashes(system, bytes).run(models);

        system.awaitReady(patience.progress());
        try (CollectAnswers answers = new CollectAnswers(system.bootstrapServers())) {
            patience.await(
                    "answers to all requests",
                    () -> requests.stream()
                            .filter(id -> answers.prediction(id).isPresent()
                                    && answers.attributions(id).size() == SendThroughCrashes.METHODS.size())
                            .count(),
                    answered -> answered == requests.size(),
                    answered -> answered + " of " + requests.size() + " labelled and explained");
            assertThat(requests).allSatisfy(id -> {
                String model = answers.prediction(id).orElseThrow().modelId();
                assertThat(answers.attributions(id).values())
                        .extracting(Attribution::modelId)
                        .containsOnly(model);
            });
            assertThat(requests.stream()
                            .map(id -> answers.prediction(id).orElseThrow().modelId())
                            .distinct())
                    .hasSizeGreaterThan(1);
            assertThat(answers.repeatedPredictions()).isZero();
            assertThat(RecordedMessages.of(system.bootstrapServers(), List.of(Topics.ATTRIBUTIONS)))
                    .extracting(message -> message.key() + " by "
                            + MessageJson.read(message.value(), Attribution.class)
                                    .method())
                    .doesNotHaveDuplicates();
            assertThat(answers.deadLetters()).isEmpty();
        }
    }

    private void everyMessageIsAsDocumented() {
        AsyncApiSchemas documented = AsyncApiSchemas.load();
        List<ConsumerRecord<String, byte[]>> messages =
                RecordedMessages.of(system.bootstrapServers(), documented.topics());
        assertThat(messages)
                .extracting(ConsumerRecord::topic)
                .contains(
                        Topics.IMAGES,
                        Topics.DATASETS,
                        Topics.TRIAL_REQUESTS,
                        Topics.TRIAL_EVENTS,
                        Topics.MODELS,
                        Topics.PREDICTION_REQUESTS,
                        Topics.PREDICTIONS,
                        Topics.EXPLANATION_REQUESTS,
                        Topics.ATTRIBUTIONS);
        assertThat(messages).allSatisfy(message -> assertThat(documented.violations(message))
                .isEmpty());
    }

    private void everyDashboardQueryFindsSomething(String studyId, String trialId) throws IOException {
        Jdbi database = Jdbi.create(system.dataSource());
        for (String dashboard : List.of("karyoflow.json", "over-time.json")) {
            Path file = Path.of("..", "docker", "grafana", "dashboards", dashboard);
            for (DashboardSql query : DashboardSql.of(file, studyId, trialId)) {
                List<Map<String, Object>> rows = database.withHandle(
                        handle -> handle.createQuery(query.sql()).mapToMap().list());
                assertThat(rows).as(dashboard + ": " + query.title()).isNotEmpty();
            }
        }
    }

    private static boolean isInMidTrial(Trial trial) {
        return trial.state() == TrialState.RUNNING && trial.epochsDone() != null && trial.epochsDone() >= 1;
    }

    private static long countInMidTrial(List<Trial> trials) {
        return trials.stream().filter(SystemIT::isInMidTrial).count();
    }

    private List<Trial> awaitTrials(String studyId, Predicate<List<Trial>> condition) {
        return patience.await("trials", () -> tuner().trials(studyId), condition, trials -> trials.stream()
                .map(trial -> trial.number() + " " + trial.state() + " " + trial.epochsDone() + " on " + trial.worker())
                .collect(Collectors.joining(", ")));
    }

    /** Wherever it runs now. */
    private TunerClient tuner() {
        return new TunerClient(system.service(Service.TUNER).uri());
    }

    private static Map<String, String> classes(Streamed streamed) {
        Map<String, String> classes = new LinkedHashMap<>();
        streamed.predictions().forEach((filename, prediction) -> classes.put(filename, prediction.className()));
        return classes;
    }
}
