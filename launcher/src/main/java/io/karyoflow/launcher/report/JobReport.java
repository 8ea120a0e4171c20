package io.karyoflow.launcher.report;

import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.DatasetRegistered.Split.Kind;
import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.message.Prediction;
import io.karyoflow.launcher.answers.CollectAnswers;
import io.karyoflow.launcher.answers.DeadLetter;
import io.karyoflow.launcher.client.IngestClient.Dataset;
import io.karyoflow.launcher.client.IngestClient.Problem;
import io.karyoflow.launcher.client.TunerClient.ClassMetrics;
import io.karyoflow.launcher.client.TunerClient.Trial;
import io.karyoflow.launcher.client.TunerClient.TrialState;
import io.karyoflow.launcher.data.JobData;
import io.karyoflow.launcher.job.ExplainExamples;
import io.karyoflow.launcher.job.Explained;
import io.karyoflow.launcher.job.ImportDataset;
import io.karyoflow.launcher.job.JobSettings;
import io.karyoflow.launcher.job.StreamImages.Streamed;
import io.karyoflow.launcher.job.StudyResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code report.json} says. Names are part of what users may rely on. */
public record JobReport(
        DatasetPart dataset,
        StudyPart study,
        BestTrial bestTrial,
        Counts counts,
        Double accuracyOnGeneratedTruth,
        Map<String, String> refusedImages,
        List<DeadLetter> deadLetters,
        Map<String, Double> seconds) {

    /** @param note how far validation figures can be trusted */
    public record DatasetPart(
            String id,
            String name,
            int images,
            Map<String, Integer> imagesByClass,
            Kind split,
            String note,
            List<Problem> problems) {}

    public record StudyPart(
            String id, Map<TrialState, Integer> trials, int epochs, long seed, List<TrialPart> trialList) {}

    /** @param validation after its last epoch */
    public record TrialPart(
            int number,
            TrialState state,
            Map<String, Object> hyperparameters,
            Integer epochsDone,
            EpochMetrics validation,
            String failure) {}

    public record BestTrial(
            String id,
            int number,
            String modelId,
            Map<String, Object> hyperparameters,
            EpochMetrics validation,
            List<ClassMetrics> perClass,
            int[][] confusionMatrix,
            Double meanAuc,
            double temperature,
            double expectedCalibrationErrorBefore,
            double expectedCalibrationErrorAfter,
            double brierScoreBefore,
            double brierScoreAfter) {}

    /** @param requests images sent for prediction, those sent for explanation included */
    public record Counts(
            int requests,
            int predictions,
            int repeatedPredictions,
            int attributionsRequested,
            int attributions,
            int deadLetters) {}

    public static JobReport of(
            JobSettings settings,
            JobData data,
            Dataset dataset,
            StudyResult study,
            Streamed streamed,
            List<Explained> explained,
            CollectAnswers answers,
            Map<String, Double> seconds) {
        int unlabelled = data.unlabelled().map(images -> images.count()).orElse(0);
        List<DeadLetter> deadLetters = answers.deadLetters();
        return new JobReport(
                datasetPart(dataset),
                studyPart(settings, study),
                bestTrial(study),
                new Counts(
                        unlabelled - streamed.refused().size() + explained.size(),
                        answers.predictionCount(),
                        answers.repeatedPredictions(),
                        explained.size() * ExplainExamples.METHODS.size(),
                        answers.attributionCount(),
                        deadLetters.size()),
                accuracyOnTruth(data, streamed.predictions()),
                streamed.refused(),
                deadLetters,
                seconds);
    }

    private static DatasetPart datasetPart(Dataset dataset) {
        DatasetRegistered registration = dataset.registration();
        return new DatasetPart(
                registration.datasetId(),
                registration.name(),
                registration.images(),
                registration.countsByClass(),
                registration.split().kind(),
                ImportDataset.splitInWords(registration),
                dataset.problems());
    }

    private static StudyPart studyPart(JobSettings settings, StudyResult result) {
        return new StudyPart(
                result.study().id(),
                result.study().trialCounts(),
                settings.study().epochs(),
                settings.study().seed(),
                result.trials().stream().map(JobReport::trialPart).toList());
    }

    private static TrialPart trialPart(Trial trial) {
        return new TrialPart(
                trial.number(),
                trial.state(),
                trial.hyperparameters(),
                trial.epochsDone(),
                trial.validation(),
                trial.failure());
    }

    private static BestTrial bestTrial(StudyResult result) {
        Trial best = result.best();
        return new BestTrial(
                best.id(),
                best.number(),
                result.study().promotedModelId(),
                best.hyperparameters(),
                best.validation(),
                best.report().perClass(),
                best.report().confusionMatrix(),
                best.report().meanAuc(),
                best.report().temperature(),
                best.report().expectedCalibrationErrorBefore(),
                best.report().expectedCalibrationErrorAfter(),
                best.report().brierScoreBefore(),
                best.report().brierScoreAfter());
    }

    private static Double accuracyOnTruth(JobData data, Map<String, Prediction> predictions) {
        return data.truth()
                .filter(truth -> !predictions.isEmpty())
                .map(truth -> predictions.entrySet().stream()
                                .filter(entry -> isLabel(entry.getValue(), truth.get(entry.getKey())))
                                .count()
                        / (double) predictions.size())
                .orElse(null);
    }

    private static boolean isLabel(Prediction prediction, String label) {
        return prediction.className().equals(label)
                || Integer.toString(prediction.label()).equals(label);
    }

    /** Why the job is not all right; empty if every request was answered and nothing was refused. */
    public List<String> shortcomings() {
        List<String> shortcomings = new ArrayList<>();
        if (counts.predictions() < counts.requests()) {
            shortcomings.add(counts.requests() - counts.predictions() + " prediction requests were not answered");
        }
        if (counts.attributions() < counts.attributionsRequested()) {
            shortcomings.add(counts.attributionsRequested() - counts.attributions() + " attributions are missing");
        }
        if (counts.deadLetters() > 0) {
            DeadLetter first = deadLetters.get(0);
            shortcomings.add(counts.deadLetters() + " dead letters, for example on " + first.topic() + ": "
                    + first.reason() + " (" + first.origin() + ")");
        }
        refusedImages.forEach((file, reason) -> shortcomings.add(file + " has no label: " + reason));
        return shortcomings;
    }
}
