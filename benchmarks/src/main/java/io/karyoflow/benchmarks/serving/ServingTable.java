package io.karyoflow.benchmarks.serving;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** All rounds in one table, and the line that begins with RESULT: ours against the best of the others. */
final class ServingTable {
    private ServingTable() {}

    /** @param rounds by the service's name, ours first */
    static String of(Map<String, List<Measurement>> rounds) {
        StringBuilder table =
                new StringBuilder("| service | images/s (lowest to highest) | alone, ms | 95 % within, ms |\n");
        table.append("|---|---|---|---|\n");
        rounds.forEach((name, measured) -> table.append(String.format(
                Locale.ROOT,
                "| %s | %.0f (%.0f to %.0f) | %.1f | %.1f |%n",
                name,
                median(measured, Measurement::imagesPerSecond),
                sorted(measured, Measurement::imagesPerSecond).get(0),
                sorted(measured, Measurement::imagesPerSecond).get(measured.size() - 1),
                median(measured, Measurement::medianMillis),
                median(measured, Measurement::slowMillis))));
        List<List<Measurement>> all = List.copyOf(rounds.values());
        List<Measurement> ours = all.get(0);
        List<List<Measurement>> others = all.subList(1, all.size());
        double throughput = others.stream()
                .mapToDouble(other -> median(other, Measurement::imagesPerSecond))
                .max()
                .orElseThrow();
        double latency = others.stream()
                .mapToDouble(other -> median(other, Measurement::medianMillis))
                .min()
                .orElseThrow();
        return table.append(String.format(
                        Locale.ROOT,
                        "%nRESULT throughput_ratio=%.2f latency_ratio=%.2f%n",
                        median(ours, Measurement::imagesPerSecond) / throughput,
                        median(ours, Measurement::medianMillis) / latency))
                .toString();
    }

    private static double median(List<Measurement> rounds, ToDoubleFunction<Measurement> value) {
        List<Double> sorted = sorted(rounds, value);
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    private static List<Double> sorted(List<Measurement> rounds, ToDoubleFunction<Measurement> value) {
        return rounds.stream().mapToDouble(value).sorted().boxed().toList();
    }
}
