package io.karyoflow.launcher.report;

import io.karyoflow.launcher.client.TunerClient.ClassMetrics;
import io.karyoflow.launcher.report.JobReport.BestTrial;
import io.karyoflow.launcher.report.JobReport.NetworkPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * How the best model of each network does on the validation images, as a table with a column each, what is in service first;
 * and why that one is in service.
 */
final class CompareNetworks {
    private final List<NetworkPart> networks;
    private final List<String> lines = new ArrayList<>();

    private CompareNetworks(List<NetworkPart> networks) {
        this.networks = networks;
    }

    static List<String> lines(JobReport report) {
        return new CompareNetworks(report.networks()).table();
    }

    private List<String> table() {
        List<ClassMetrics> classes = networks.get(0).bestTrial().perClass();
        int images = classes.stream().mapToInt(ClassMetrics::support).sum();
        StringBuilder heading = new StringBuilder(name("On the same " + images + " validation images"));
        networks.forEach(
                network -> heading.append(String.format("%14s", network.study().architecture())));
        lines.add(heading.toString());
        row("accuracy", best -> best.validation().accuracy());
        row("macro F1", best -> best.validation().macroF1());
        for (int label = 0; label < classes.size(); label++) {
            int row = label;
            row(
                    "F1 of " + classes.get(label).className(),
                    best -> best.perClass().get(row).f1());
        }
        lines.add("In service: " + networks.get(0).study().architecture());
        networks.forEach(network -> lines.add("Promotion of " + network.study().architecture() + ": "
                + network.study().promotionReason()));
        return lines;
    }

    private void row(String name, ToDoubleFunction<BestTrial> value) {
        StringBuilder line = new StringBuilder(name(name));
        networks.forEach(
                network -> line.append(String.format(Locale.ROOT, "%14.3f", value.applyAsDouble(network.bestTrial()))));
        lines.add(line.toString());
    }

    private static String name(String name) {
        return String.format("%-40s", name);
    }
}
