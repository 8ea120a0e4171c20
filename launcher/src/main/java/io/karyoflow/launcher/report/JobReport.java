package io.karyoflow.launcher.report;

import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.DatasetRegistered.Split.Kind;
import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.message.Prediction;
import io.karyoflow.launcher.answers.AnswerTotals;
import io.karyoflow.launcher.answers.DeadLetter;
import io.karyoflow.launcher.answers.ExplainExamples;
import io.karyoflow.launcher.answers.Explained;
import io.karyoflow.launcher.answers.StreamImages.Streamed;
import io.karyoflow.launcher.client.IngestClient.Dataset;
import io.karyoflow.launcher.client.IngestClient.Problem;
import io.karyoflow.launcher.client.TunerClient.ClassMetrics;
import io.karyoflow.launcher.client.TunerClient.Trial;
import io.karyoflow.launcher.client.TunerClient.TrialState;
import io.karyoflow.launcher.data.ImportDataset;
import io.karyoflow.launcher.data.JobData;
import io.karyoflow.launcher.progress.Parts;
import io.karyoflow.launcher.study.StudyResult;
import io.karyoflow.launcher.study.StudyResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code report.json} says. Names are part of what users may rely on.
 *
 * @param study of the network that is in service: it made the labels and explanations
 * @param bestTrial its best trial
 * @param otherNetworks what else was trained on the same images
 * @param warnings what makes labels doubtful, by file name
 * @param failures why parts of the job gave up, by the names that {@code seconds} has too
 */
public record JobReport(
        DatasetPart dataset,
        StudyPart study,
        BestTrial bestTrial,
        List<NetworkPart> otherNetworks,
        Counts counts,
        Double accuracyOnGeneratedTruth,
        Map<String, String> refusedImages,
        Map<String, String> warnings,
        List<DeadLetter> deadLetters,
        Map<String, Double> seconds,
        Map<String, String> failures) {

    /** @param note how far validation figures can be trusted */
    public record DatasetPart(
            String id,
            String name,
            int images,
            Map<String, Integer> imagesByClass,
            Kind split,
            String note,
            List<Problem> problems) {}

    /** @param promotionReason why its best model was promoted, or was not */
    public record StudyPart(
            String id,
            String architecture,
            Map<TrialState, Integer> trials,
            int epochs,
            long seed,
            String promotionReason,
            List<TrialPart> trialList) {}

    public record NetworkPart(StudyPart study, BestTrial bestTrial) {}

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
            JobData data,
            Dataset dataset,
            StudyResults studies,
            Streamed streamed,
            List<Explained> explained,
            AnswerTotals answers,
            Parts parts) {
        int unlabelled = data.unlabelled().map(images -> images.count()).orElse(0);
        return new JobReport(
                datasetPart(dataset),
                studyPart(studies.inService()),
                bestTrial(studies.inService()),
                studies.others().stream()
                        .map(other -> new NetworkPart(studyPart(other), bestTrial(other)))
                        .toList(),
                new Counts(
                        unlabelled - streamed.refused().size() + explained.size(),
                        answers.predictions(),
                        answers.repeatedPredictions(),
                        explained.size() * ExplainExamples.METHODS.size(),
                        answers.attributions(),
                        answers.deadLetters().size()),
                accuracyOnTruth(data, streamed.predictions()),
                streamed.refused(),
                streamed.warnings(),
                answers.deadLetters(),
                parts.seconds(),
                parts.failures());
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

    private static StudyPart studyPart(StudyResult result) {
        return new StudyPart(
                result.study().id(),
                result.network(),
                result.study().trialCounts(),
                result.study().specification().epochs(),
                result.study().specification().seed(),
                result.study().promotionReason(),
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
                best.modelId(),
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

    /** Everything that was trained, what is in service first. */
    List<NetworkPart> networks() {
        List<NetworkPart> networks = new ArrayList<>();
        networks.add(new NetworkPart(study, bestTrial));
        networks.addAll(otherNetworks);
        return networks;
    }

    /** That labels are doubtful, and why the first of them is; empty if nothing is known that makes one so. */
    public Optional<String> doubts() {
        return warnings.entrySet().stream()
                .findFirst()
                .map(first -> warnings.size() + " labels may be wrong, for example that of " + first.getKey() + ": "
                        + first.getValue());
    }

    /** Why the job is not all right; empty if nothing failed, every request was answered and nothing was refused. */
    public List<String> shortcomings() {
        List<String> shortcomings = new ArrayList<>();
        failures.forEach((part, reason) -> shortcomings.add(part + " failed: " + reason));
        if (counts.predictions() < counts.requests()) {
            shortcomings.add(counts.requests() - counts.predictions() + " prediction requests were not answered");
        }
        if (counts.attributions() < counts.attributionsRequested()) {
            shortcomings.add(counts.attributionsRequested() - counts.attributions() + " attributions are missing");
        }
        if (counts.deadLetters() > 0) {
            DeadLetter first = deadLetters.get(0);
            shortcomings.add(counts.deadLetters() + " dead letters, for example "
                    + (first.filename() == null ? "" : "of " + first.filename() + " ") + "on " + first.topic() + ": "
                    + first.reason() + " (" + first.origin() + ")");
        }
        refusedImages.forEach((file, reason) -> shortcomings.add(file + " has no label: " + reason));
        return shortcomings;
    }
}
