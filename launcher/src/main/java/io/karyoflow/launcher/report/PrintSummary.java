package io.karyoflow.launcher.report;

import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.launcher.progress.Progress;
import io.karyoflow.launcher.report.JobReport.BestTrial;
import io.karyoflow.launcher.report.JobReport.Counts;
import io.karyoflow.launcher.report.JobReport.NetworkPart;
import io.karyoflow.launcher.system.RunningSystem;
import io.karyoflow.launcher.system.Service;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells the person at the terminal what came out, and where to look. */
public final class PrintSummary {
    private PrintSummary() {}

    public static void of(JobReport report, Path out, RunningSystem system, Progress progress) {
        Counts counts = report.counts();
        progress.step("Done");
        report.networks().forEach(network -> progress.done(best(network)));
        if (report.networks().size() > 1) {
            CompareNetworks.lines(report).forEach(progress::done);
        }
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
        report.doubts().ifPresent(doubts -> progress.done("CAREFUL: " + doubts));
        progress.done("Results: " + out
                + " (labels.csv, report.json, curves.png, confusion-matrix.png, attributions/, logs/)");
        if (!Fonts.areThere()) {
            progress.done("This machine has no fonts, so curves.png and confusion-matrix.png are left out;"
                    + " the figures are in report.json. To have them, install fontconfig and a font.");
        }
        printPages(report, system, progress);
    }

    private static String best(NetworkPart network) {
        BestTrial best = network.bestTrial();
        Map<String, Object> usual = Hyperparameters.DEFAULTS.asMap();
        return String.format(
                Locale.ROOT,
                "Validation accuracy %.3f, macro F1 %.3f (%s, trial %d of %d: %s)",
                best.validation().accuracy(),
                best.validation().macroF1(),
                network.study().architecture(),
                best.number(),
                network.study().trialList().size(),
                best.hyperparameters().entrySet().stream()
                        .filter(entry -> !usual.entrySet().contains(entry))
                        .map(entry -> entry.getKey() + " " + shortened(entry.getValue()))
                        .collect(Collectors.joining(", ")));
    }

    private static void printPages(JobReport report, RunningSystem system, Progress progress) {
        URI tuner = system.service(Service.TUNER).uri();
        progress.done("Studies: " + tuner.resolve("/"));
        for (NetworkPart network : report.networks()) {
            progress.done("Study of " + network.study().architecture() + ": "
                    + tuner.resolve("/pages/studies/" + network.study().id()));
            progress.done("Its best trial: "
                    + tuner.resolve("/pages/trials/" + network.bestTrial().id()));
        }
        progress.done("Explanations: " + system.service(Service.EXPLAIN).uri().resolve("/"));
        progress.done("Data sets and images by HTTP: "
                + system.service(Service.INGEST).uri().resolve("/") + " (POST datasets, POST images)");
        progress.done("Watched folder, for a scanner: " + system.scannerFolder());
    }

    private static Object shortened(Object value) {
        return value instanceof Double number ? String.format(Locale.ROOT, "%.3g", number) : value;
    }
}
