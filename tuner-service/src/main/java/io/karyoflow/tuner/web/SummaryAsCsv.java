package io.karyoflow.tuner.web;

import io.karyoflow.tuner.overview.RepeatedMeasure;
import io.karyoflow.tuner.overview.RepeatsSummary;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A row for each measure of repeats, for spreadsheets, R and pandas, by the names that JSON has; what is missing is empty. */
final class SummaryAsCsv {
    static final String TYPE = "text/csv";

    private static final MediaType CSV = MediaType.valueOf(TYPE);

    private SummaryAsCsv() {}

    /** @param accepted the most welcome first; whoever takes anything gets JSON */
    static boolean isWanted(List<MediaType> accepted) {
        return accepted.stream()
                .filter(type -> type.isCompatible(CSV) || type.isCompatible(MediaType.APPLICATION_JSON_TYPE))
                .findFirst()
                .filter(type -> !type.isCompatible(MediaType.APPLICATION_JSON_TYPE))
                .isPresent();
    }

    static String of(RepeatsSummary summary) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
            csv.printRecord(header(summary));
            for (RepeatedMeasure measure : summary.measures()) {
                csv.printRecord(row(summary, measure));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static List<Object> header(RepeatsSummary summary) {
        List<Object> header = new ArrayList<>(List.of("measure", "mean", "sd"));
        summary.seeds().forEach(seed -> header.add("seed " + seed));
        header.addAll(List.of("meanOverFolds", "lowestFold", "highestFold"));
        summary.folds().forEach(fold -> header.add("fold " + fold));
        header.addAll(List.of("completed", "planned"));
        return header;
    }

    private static List<Object> row(RepeatsSummary summary, RepeatedMeasure measure) {
        List<Object> row = new ArrayList<>();
        row.add(measure.name());
        row.add(measure.mean());
        row.add(measure.sd());
        row.addAll(measure.bySeed());
        row.add(measure.meanOverFolds());
        row.add(measure.lowestFold());
        row.add(measure.highestFold());
        row.addAll(measure.byFold());
        row.add(summary.completed());
        row.add(summary.planned());
        return row;
    }
}
