package io.karyoflow.ingest.web;

import io.karyoflow.common.message.Prediction.ClassProbability;
import io.karyoflow.ingest.label.StoredLabel;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A row for each label, for spreadsheets, R and pandas.
 *
 * @param classNames have a column each; it is empty for labels of models that do not know the class
 */
record LabelsAsCsv(List<String> classNames) implements LabelFormat {
    @Override
    public void write(Iterable<StoredLabel> labels, OutputStream out) throws IOException {
        CSVPrinter csv = new CSVPrinter(
                new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)), CSVFormat.RFC4180);
        csv.printRecord(header());
        for (StoredLabel label : labels) {
            csv.printRecord(row(label));
        }
        csv.flush();
    }

    private List<String> header() {
        List<String> header = new ArrayList<>(
                List.of("requestId", "filename", "slide", "x", "y", "label", "className", "probability"));
        classNames.forEach(name -> header.add("p(" + name + ")"));
        header.addAll(List.of("modelId", "requestedAt", "predictedAt", "imageId", "warning"));
        return header;
    }

    private List<Object> row(StoredLabel label) {
        Map<String, Float> probabilities = label.probabilities().stream()
                .collect(Collectors.toMap(
                        ClassProbability::className, each -> (float) each.probability(), (one, other) -> one));
        List<Object> row = new ArrayList<>();
        row.add(label.requestId());
        row.add(label.filename());
        row.add(label.slide());
        row.add(label.x());
        row.add(label.y());
        row.add(label.label());
        row.add(label.className());
        row.add((float) label.probability());
        classNames.forEach(name -> row.add(probabilities.get(name)));
        row.add(label.modelId());
        row.add(label.requestedAt());
        row.add(label.predictedAt());
        row.add(label.imageId());
        row.add(label.warning());
        return row;
    }
}
