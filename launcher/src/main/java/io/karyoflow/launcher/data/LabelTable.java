package io.karyoflow.launcher.data;

import io.karyoflow.launcher.progress.JobFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns Filename and Label of a CSV file, in the file's order. Ingest checks such files thoroughly; this reads
 * enough to know order and labels.
 */
public final class LabelTable {
    private LabelTable() {}

    /** @return labels as written, by file name */
    public static Map<String, String> read(Path csv) {
        try {
            List<String> lines = Files.readAllLines(csv).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
            if (lines.isEmpty()) {
                throw new JobFailure(csv + " is empty; its first line must be Filename,Label");
            }
            List<String> header = cells(lines.get(0));
            int filename = column(csv, header, "Filename");
            int label = column(csv, header, "Label");
            Map<String, String> labels = new LinkedHashMap<>();
            for (String line : lines.subList(1, lines.size())) {
                List<String> cells = cells(line);
                if (cells.size() > Math.max(filename, label)) {
                    labels.put(cells.get(filename), cells.get(label));
                }
            }
            return labels;
        } catch (IOException e) {
            throw new JobFailure("cannot read " + csv + ": " + e, e);
        }
    }

    private static int column(Path csv, List<String> header, String name) {
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        throw new JobFailure(csv + " has no column " + name + "; its first line must name Filename and Label");
    }

    private static List<String> cells(String line) {
        return List.of(line.replace("\uFEFF", "").split(",", -1)).stream()
                .map(cell -> cell.strip().replaceAll("^\"|\"$", ""))
                .toList();
    }
}
