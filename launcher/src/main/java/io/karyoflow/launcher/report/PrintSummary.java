package io.karyoflow.launcher.report;

import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.launcher.job.JobSettings;
import io.karyoflow.launcher.progress.Progress;
import io.karyoflow.launcher.report.JobReport.BestTrial;
import io.karyoflow.launcher.report.JobReport.Counts;
import io.karyoflow.launcher.system.RunningSystem;
import io.karyoflow.launcher.system.Service;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells the person at the terminal what came out, and where to look. */
public final class PrintSummary {
    private PrintSummary() {}

    public static void of(JobReport report, JobSettings settings, RunningSystem system, Progress progress) {
        BestTrial best = report.bestTrial();
        Counts counts = report.counts();
        Map<String, Object> usual = Hyperparameters.DEFAULTS.asMap();
        progress.step("Done");
        progress.done(String.format(
                Locale.ROOT,
                "Validation accuracy %.3f, macro F1 %.3f (trial %d of %d: %s)",
                best.validation().accuracy(),
                best.validation().macroF1(),
                best.number(),
                report.study().trialList().size(),
                best.hyperparameters().entrySet().stream()
                        .filter(entry -> !usual.entrySet().contains(entry))
                        .map(entry -> entry.getKey() + " " + shortened(entry.getValue()))
                        .collect(Collectors.joining(", "))));
        progress.done(report.dataset().note());
        if (report.accuracyOnGeneratedTruth() != null) {
            progress.done(String.format(
                    Locale.ROOT,
                    "Accuracy on the unlabelled images, whose truth the generator knows: %.3f",
                    report.accuracyOnGeneratedTruth()));
        }
        progress.done(counts.requests() + " prediction requests, " + counts.predictions() + " predictions; "
                + counts.attributionsRequested() + " attributions asked for, " + counts.attributions() + " made; "
                + counts.deadLetters() + " dead letters");
        report.shortcomings().forEach(shortcoming -> progress.done("NOT RIGHT: " + shortcoming));
        progress.done("Results: " + settings.out()
                + " (labels.csv, report.json, curves.png, confusion-matrix.png, attributions/, logs/)");
        printPages(report, system, progress);
    }

    private static void printPages(JobReport report, RunningSystem system, Progress progress) {
        URI tuner = system.service(Service.TUNER).uri();
        progress.done("Studies: " + tuner.resolve("/"));
        progress.done("This study: "
                + tuner.resolve("/pages/studies/" + report.study().id()));
        progress.done("Its best trial: "
                + tuner.resolve("/pages/trials/" + report.bestTrial().id()));
        progress.done("Explanations: " + system.service(Service.EXPLAIN).uri().resolve("/"));
    }

    private static Object shortened(Object value) {
        return value instanceof Double number ? String.format(Locale.ROOT, "%.3g", number) : value;
    }
}
