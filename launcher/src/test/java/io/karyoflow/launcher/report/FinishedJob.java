package io.karyoflow.launcher.report;

import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.DatasetRegistered.OffsetRange;
import io.karyoflow.common.message.DatasetRegistered.Split;
import io.karyoflow.common.message.DatasetRegistered.Split.Kind;
import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.launcher.answers.AnswerTotals;
import io.karyoflow.launcher.answers.StreamImages.Streamed;
import io.karyoflow.launcher.client.IngestClient.Dataset;
import io.karyoflow.launcher.client.TunerClient.ClassMetrics;
import io.karyoflow.launcher.client.TunerClient.CurvePoint;
import io.karyoflow.launcher.client.TunerClient.Specification;
import io.karyoflow.launcher.client.TunerClient.Study;
import io.karyoflow.launcher.client.TunerClient.StudyState;
import io.karyoflow.launcher.client.TunerClient.Trial;
import io.karyoflow.launcher.client.TunerClient.TrialReport;
import io.karyoflow.launcher.client.TunerClient.TrialState;
import io.karyoflow.launcher.data.JobData;
import io.karyoflow.launcher.progress.Parts;
import io.karyoflow.launcher.progress.Progress;
import io.karyoflow.launcher.study.StudyResult;
import io.karyoflow.launcher.study.StudyResults;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the parts of a job on four images of two classes came to. */
final class FinishedJob {
    private static final DatasetRegistered DATASET = new DatasetRegistered(
            "d",
            "nuclei",
            List.of("epithelium", "muscle"),
            4,
            List.of(2, 2),
            List.of(List.of(1, 1), List.of(1, 1)),
            null,
            new Split(Kind.GROUPED_STRATIFIED, 0, 2, 0.5),
            List.of(new OffsetRange(0, 0, 4)),
            Instant.EPOCH);

    private FinishedJob() {}

    /** Of a job that has labelled and explained nothing. */
    static JobReport report(Path folder, StudyResults studies) {
        return JobReport.of(
                new JobData(folder, Optional.empty()),
                new Dataset("d", "nuclei", Dataset.State.REGISTERED, 4, 4, 4, List.of(), 0, DATASET, null),
                studies,
                Streamed.NONE,
                List.of(),
                AnswerTotals.NONE,
                new Parts(new Progress(System.out, false, Clock.systemUTC()), Clock.systemUTC()));
    }

    /** Three trials, of which the second is best. */
    static StudyResult study(String network, boolean promoted, double quality) {
        Trial best = trial(2, 5, quality);
        return new StudyResult(
                new Study(
                        "study of " + network,
                        "study",
                        StudyState.COMPLETED,
                        "d",
                        new Specification(network, 5, 7),
                        Map.of(),
                        best.id(),
                        promoted ? best.modelId() : null,
                        network + " was judged"),
                List.of(trial(1, 5, 0.5), best, trial(3, 0, 0.5)),
                best);
    }

    static TrialReport trialReport(int[][] confusionMatrix, double quality) {
        return new TrialReport(
                List.of("epithelium", "muscle"),
                confusionMatrix,
                List.of(
                        new ClassMetrics("epithelium", quality, quality, quality + 0.01, 20, 0.95),
                        new ClassMetrics("muscle", quality, quality, quality - 0.01, 10, 0.85)),
                0.9,
                1,
                0.1,
                0.1,
                0.2,
                0.2);
    }

    private static Trial trial(int number, int epochs, double quality) {
        List<CurvePoint> curves = IntStream.rangeClosed(1, epochs)
                .mapToObj(epoch -> new CurvePoint(
                        epoch, 1.0 / epoch + number, 1 - 0.5 / epoch, 1.2 / epoch + number, 1 - 0.6 / epoch, 0.5))
                .toList();
        return new Trial(
                "t" + number,
                number,
                TrialState.COMPLETED,
                1,
                Map.of(),
                epochs,
                5,
                new EpochMetrics(1 - quality, quality, quality),
                "w",
                null,
                null,
                "m",
                curves,
                trialReport(new int[][] {{20, 0}, {0, 10}}, quality));
    }
}
