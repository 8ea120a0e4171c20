package io.karyoflow.tuner.web;

import io.karyoflow.tuner.overview.TrialReport;
import java.util.ArrayList;
import java.util.List;

/**
 * A confusion matrix ready to be drawn as a heat map.
 *
 * @param classes names by label: the columns, predicted
 * @param rows one for each true class
 */
record ConfusionTable(List<String> classes, List<Row> rows) {
    record Row(String trueClass, int total, List<Cell> cells) {}

    /**
     * @param share of the row's images, 0 to 1; 0 for an empty row
     * @param correct whether it lies on the diagonal
     */
    record Cell(String predictedClass, int count, double share, boolean correct) {}

    /** @param report may be null: then the table is empty */
    static ConfusionTable of(TrialReport report) {
        if (report == null) {
            return new ConfusionTable(List.of(), List.of());
        }
        List<Row> rows = new ArrayList<>();
        for (int label = 0; label < report.classes().size(); label++) {
            rows.add(row(report.classes(), label, report.confusionMatrix().get(label)));
        }
        return new ConfusionTable(report.classes(), rows);
    }

    private static Row row(List<String> classes, int label, List<Integer> counts) {
        int total = counts.stream().mapToInt(Integer::intValue).sum();
        List<Cell> cells = new ArrayList<>();
        for (int predicted = 0; predicted < counts.size(); predicted++) {
            double share = total == 0 ? 0 : (double) counts.get(predicted) / total;
            cells.add(new Cell(classes.get(predicted), counts.get(predicted), share, predicted == label));
        }
        return new Row(classes.get(label), total, cells);
    }
}
