package io.karyoflow.common.dataset;

import io.karyoflow.common.dataset.CsvRows.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code Filename,Label[,Group][,Fold]}; case of the header and further columns do not matter. */
public final class LabelTable {
    private static final String FILENAME = "Filename";
    private static final String LABEL = "Label";
    private static final String GROUP = "Group";
    private static final String FOLD = "Fold";

    private LabelTable() {}

    /**
     * @return rows in the order of the file
     * @throws UnusableFileException if a column is missing, or it is not a CSV in UTF-8
     */
    public static List<LabelRow> read(Path csv) throws IOException, UnusableFileException {
        try (CsvRows table = CsvRows.of(Files.newInputStream(csv))) {
            List<String> header = table.header();
            int filename = column(header, FILENAME).orElseThrow(() -> missing(csv, FILENAME, header));
            int label = column(header, LABEL).orElseThrow(() -> missing(csv, LABEL, header));
            int group = column(header, GROUP).orElse(-1);
            int fold = column(header, FOLD).orElse(-1);
            List<LabelRow> rows = new ArrayList<>();
            while (table.hasNext()) {
                Row row = table.next();
                rows.add(new LabelRow(
                        row.line(), row.value(filename), row.value(label), row.value(group), row.value(fold)));
            }
            return rows;
        } catch (BrokenCsvException e) {
            throw new UnusableFileException(csv, e.getMessage());
        }
    }

    private static Optional<Integer> column(List<String> header, String name) {
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).equalsIgnoreCase(name)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static UnusableFileException missing(Path csv, String column, List<String> header) {
        return new UnusableFileException(
                csv,
                "the column " + column + " is missing; the first line must be Filename,Label or Filename,Label,Group,"
                        + " it has: " + String.join(", ", header));
    }
}
