package io.karyoflow.launcher.job;

import io.karyoflow.launcher.answers.AnswerTotals;
import io.karyoflow.launcher.answers.CollectAnswers;
import io.karyoflow.launcher.answers.ExplainExamples;
import io.karyoflow.launcher.answers.StreamImages;
import io.karyoflow.launcher.answers.StreamImages.Streamed;
import io.karyoflow.launcher.client.InferenceClient;
import io.karyoflow.launcher.client.IngestClient;
import io.karyoflow.launcher.client.IngestClient.Dataset;
import io.karyoflow.launcher.client.TunerClient;
import io.karyoflow.launcher.data.ImportDataset;
import io.karyoflow.launcher.data.JobData;
import io.karyoflow.launcher.progress.Parts;
import io.karyoflow.launcher.progress.Patience;
import io.karyoflow.launcher.report.JobReport;
import io.karyoflow.launcher.report.WriteResults;
import io.karyoflow.launcher.study.RunStudies;
import io.karyoflow.launcher.study.StudyResult;
import io.karyoflow.launcher.study.StudyResults;
import io.karyoflow.launcher.system.RunningSystem;
import io.karyoflow.launcher.system.Service;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * From a folder of labelled images to labels and explanations for unlabelled ones: what a lab would do with the system,
 * through the interfaces that a lab has.
 */
public final class RunMainJob {
    private static final long SAMPLE_SEED = 7;

    private final JobSettings settings;
    private final RunningSystem system;
    private final Patience patience;
    private final IngestClient ingest;
    private final Parts parts;

    public RunMainJob(JobSettings settings, RunningSystem system, Patience patience) {
        this.settings = settings;
        this.system = system;
        this.patience = patience;
        this.ingest = new IngestClient(system.service(Service.INGEST).uri());
        this.parts = new Parts(patience.progress(), patience.clock());
    }

    /** What the studies came to is written before anything else is done with it. */
    public JobReport run() {
        WriteResults results = new WriteResults(settings.out());
        results.deleteEarlier();
        Path folder = parts.time("data", this::provideData);
        JobData data = JobData.in(folder);
        Dataset dataset = parts.time("import", () -> importDataset(folder, data));
        TunerClient tuner = new TunerClient(system.service(Service.TUNER).uri());
        boolean bySlides = dataset.registration().split().kind().keepsGroups() && data.namesSlides();
        Patience studying = requiring(Service.INGEST, Service.TUNER, Service.TRAINER, Service.INFERENCE);
        StudyResults studies = new RunStudies(tuner, studying, requiring(Service.TUNER), parts)
                .run(dataset.id(), bySlides, settings.study(), settings.pretrained());
        results.write(
                JobReport.of(data, dataset, studies, Streamed.NONE, List.of(), AnswerTotals.NONE, parts),
                data,
                studies,
                Streamed.NONE,
                List.of());
        awaitServing(studies.inService());
        try (CollectAnswers answers = new CollectAnswers(system.bootstrapServers())) {
            Patience labelling = requiring(Service.INGEST, Service.INFERENCE);
            StreamImages stream = new StreamImages(system.stagingFolder(), system.scannerFolder(), answers, labelling);
            Patience explaining = requiring(Service.INGEST, Service.INFERENCE, Service.EXPLAIN);
            ExplainExamples explain = new ExplainExamples(ingest, answers, explaining);
            return new LabelAndExplain(stream, explain, answers, results, parts, patience).run(data, dataset, studies);
        }
    }

    /** To wait for what these services do: whatever becomes of the others, their work is not lost. */
    private Patience requiring(Service... needed) {
        Set<Service> services = Set.of(needed);
        return patience.requiring(() -> system.requireAlive(services));
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

    private Dataset importDataset(Path folder, JobData data) {
        String belowRoot = system.importRoot().relativize(folder).toString();
        return new ImportDataset(ingest, patience)
                .run(belowRoot, folder.getFileName().toString(), data.isInFolds());
    }

    /** Before any image is sent: while inference loads a model, the one before it still answers. */
    private void awaitServing(StudyResult study) {
        String model = study.best().modelId();
        InferenceClient inference =
                new InferenceClient(system.service(Service.INFERENCE).uri());
        requiring(Service.INFERENCE)
                .await(
                        "inference to serve model " + model,
                        inference::model,
                        model::equals,
                        serving -> "serving: " + serving);
    }
}
