package io.karyoflow.launcher.job;

import io.karyoflow.common.message.Prediction;
import io.karyoflow.launcher.answers.Answers;
import io.karyoflow.launcher.answers.ExplainExamples;
import io.karyoflow.launcher.answers.Explained;
import io.karyoflow.launcher.answers.StreamImages;
import io.karyoflow.launcher.answers.StreamImages.Streamed;
import io.karyoflow.launcher.client.IngestClient.Dataset;
import io.karyoflow.launcher.data.JobData;
import io.karyoflow.launcher.progress.Parts;
import io.karyoflow.launcher.progress.Patience;
import io.karyoflow.launcher.report.JobReport;
import io.karyoflow.launcher.report.WriteResults;
import io.karyoflow.launcher.study.StudyResults;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is done with a model in service. Labels are written before anything is explained, and whatever fails. */
final class LabelAndExplain {
    private final StreamImages stream;
    private final ExplainExamples explain;
    private final Answers answers;
    private final WriteResults results;
    private final Parts parts;
    private final Patience patience;

    LabelAndExplain(
            StreamImages stream,
            ExplainExamples explain,
            Answers answers,
            WriteResults results,
            Parts parts,
            Patience patience) {
        this.stream = stream;
        this.explain = explain;
        this.answers = answers;
        this.results = results;
        this.parts = parts;
        this.patience = patience;
    }

    JobReport run(JobData data, Dataset dataset, StudyResults studies) {
        Streamed streamed =
                parts.attempt("prediction", () -> labelUnlabelled(data)).orElseGet(() -> labelled(data));
        JobReport labelled = JobReport.of(data, dataset, studies, streamed, List.of(), answers.totals(), parts);
        results.write(labelled, data, studies, streamed, List.of());

        List<Explained> explained = parts.attempt("explanation", () -> explainSome(data, streamed.predictions()))
                .orElseGet(explain::soFar);
        patience.progress().step("Writing results");
        JobReport report = JobReport.of(data, dataset, studies, streamed, explained, answers.totals(), parts);
        results.write(report, data, studies, streamed, explained);
        return report;
    }

    private Streamed labelUnlabelled(JobData data) {
        return data.unlabelled().map(stream::run).orElseGet(() -> {
            patience.progress().step("There are no unlabelled images (no test/ or test.zip): nothing to label");
            return Streamed.NONE;
        });
    }

    private Streamed labelled(JobData data) {
        return data.unlabelled().map(stream::soFar).orElse(Streamed.NONE);
    }

    private List<Explained> explainSome(JobData data, Map<String, Prediction> labelled) {
        if (labelled.isEmpty()) {
            patience.progress().step("Explanations are of training images, for want of others");
            return explain.run(data.training(), data.trainingLabels());
        }
        Map<String, String> classes = new LinkedHashMap<>();
        labelled.forEach((filename, prediction) -> classes.put(filename, prediction.className()));
        return explain.run(data.unlabelled().orElseThrow(), classes);
    }
}
