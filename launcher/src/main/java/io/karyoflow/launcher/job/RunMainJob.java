package io.karyoflow.launcher.job;

import io.karyoflow.common.message.Prediction;
import io.karyoflow.launcher.answers.CollectAnswers;
import io.karyoflow.launcher.client.InferenceClient;
import io.karyoflow.launcher.client.IngestClient;
import io.karyoflow.launcher.client.IngestClient.Dataset;
import io.karyoflow.launcher.client.TunerClient;
import io.karyoflow.launcher.data.JobData;
import io.karyoflow.launcher.job.StreamImages.Streamed;
import io.karyoflow.launcher.progress.Patience;
import io.karyoflow.launcher.report.JobReport;
import io.karyoflow.launcher.report.WriteResults;
import io.karyoflow.launcher.system.RunningSystem;
import io.karyoflow.launcher.system.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From a folder of labelled images to labels and explanations for unlabelled ones: what a lab would do with the system,
 * through the interfaces that a lab has.
 */
public final class RunMainJob {
    private static final long SAMPLE_SEED = 7;
    /** What an epoch of a ResNet-50 may take on a few cores; workers that vanish meanwhile are the tuner's business. */
    private static final Duration LARGE_EPOCH = Duration.ofHours(3);

    private final JobSettings settings;
    private final RunningSystem system;
    private final Patience patience;
    private final IngestClient ingest;
    private final TunerClient tuner;
    private final Stopwatch stopwatch;

    public RunMainJob(JobSettings settings, RunningSystem system, Patience patience) {
        this.settings = settings;
        this.system = system;
        this.patience = patience;
        this.ingest = new IngestClient(system.service(Service.INGEST).uri());
        this.tuner = new TunerClient(system.service(Service.TUNER).uri());
        this.stopwatch = new Stopwatch(patience.clock());
    }

    public JobReport run() {
        Path folder = stopwatch.time("data", this::provideData);
        JobData data = JobData.in(folder);
        Dataset dataset = stopwatch.time("import", () -> importDataset(folder));
        StudyResults studies = runStudies(dataset.id());
        awaitServing(studies.inService());
        try (CollectAnswers answers = new CollectAnswers(system.bootstrapServers())) {
            Streamed streamed = stopwatch.time("prediction", () -> labelUnlabelled(data, answers));
            List<Explained> explained =
                    stopwatch.time("explanation", () -> explainSome(data, streamed.predictions(), answers));
            patience.progress().step("Writing results to " + settings.out());
            JobReport report =
                    JobReport.of(data, dataset, studies, streamed, explained, answers.totals(), stopwatch.seconds());
            new WriteResults(settings.out(), patience.progress()).write(report, data, studies, streamed, explained);
            return report;
        }
    }

    private Path provideData() {
        return settings.data().orElseGet(() -> {
            patience.progress()
                    .step("Generating " + settings.labelled() + " labelled and " + settings.unlabelled()
                            + " unlabelled nuclei");
            String path = ingest.generateSample("nuclei", settings.labelled(), settings.unlabelled(), SAMPLE_SEED)
                    .path();
            return system.importRoot().resolve(path);
        });
    }

    private Dataset importDataset(Path folder) {
        String belowRoot = system.importRoot().relativize(folder).toString();
        return new ImportDataset(ingest, patience)
                .run(belowRoot, folder.getFileName().toString());
    }

    /** One after the other: the second is promoted only if it is better than the first. */
    private StudyResults runStudies(String datasetId) {
        StudyResult study =
                stopwatch.time("study", () -> new RunStudy(tuner, patience).run(datasetId, settings.study()));
        return settings.pretrained()
                .map(pretrained ->
                        stopwatch.time("pretrainedStudy", () -> new RunStudy(tuner, patience.withLimit(LARGE_EPOCH))
                                .run(datasetId, pretrained)))
                .map(second -> StudyResults.of(study, second))
                .orElseGet(() -> StudyResults.of(study));
    }

    /** Before any image is sent: while inference loads a model, the one before it still answers. */
    private void awaitServing(StudyResult study) {
        String model = study.best().modelId();
        InferenceClient inference =
                new InferenceClient(system.service(Service.INFERENCE).uri());
        patience.await(
                "inference to serve model " + model, inference::model, model::equals, serving -> "serving: " + serving);
    }

    private Streamed labelUnlabelled(JobData data, CollectAnswers answers) {
        return data.unlabelled()
                .map(images ->
                        new StreamImages(system.stagingFolder(), system.scannerFolder(), answers, patience).run(images))
                .orElseGet(() -> {
                    patience.progress().step("There are no unlabelled images (no test/ or test.zip): nothing to label");
                    return Streamed.NONE;
                });
    }

    private List<Explained> explainSome(JobData data, Map<String, Prediction> labelled, CollectAnswers answers) {
        ExplainExamples explain = new ExplainExamples(ingest, answers, patience);
        if (labelled.isEmpty()) {
            patience.progress().step("Explanations are of training images, for want of others");
            return explain.run(data.training(), data.trainingLabels());
        }
        Map<String, String> classes = new LinkedHashMap<>();
        labelled.forEach((filename, prediction) -> classes.put(filename, prediction.className()));
        return explain.run(data.unlabelled().orElseThrow(), classes);
    }
}
