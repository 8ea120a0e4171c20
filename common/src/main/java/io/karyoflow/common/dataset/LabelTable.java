package io.karyoflow.common.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** Reads {@code Filename,Label[,Group][,Fold]}; case of the header and further columns do not matter. */
public final class LabelTable {
    private static final String FILENAME = "Filename";
    private static final String LABEL = "Label";
    private static final String GROUP = "Group";
    private static final String FOLD = "Fold";
    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreHeaderCase(true)
            .setAllowMissingColumnNames(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_ALL)
            .setIgnoreEmptyLines(true)
            .setTrim(true)
            .get();

    private LabelTable() {}

    /**
     * @return rows in the order of the file
     * @throws UnusableFileException if a column is missing, or it is not a CSV in UTF-8
     */
    public static List<LabelRow> read(Path csv) throws IOException, UnusableFileException {
        try (BufferedReader text = withoutByteOrderMark(csv);
                CSVParser parser = FORMAT.parse(text)) {
            List<String> header =
                    parser.getHeaderNames().stream().map(String::strip).toList();
            int filename = column(header, FILENAME).orElseThrow(() -> missing(csv, FILENAME, header));
            int label = column(header, LABEL).orElseThrow(() -> missing(csv, LABEL, header));
            int group = column(header, GROUP).orElse(-1);
            int fold = column(header, FOLD).orElse(-1);
            List<LabelRow> rows = new ArrayList<>();
            for (CSVRecord row : parser) {
                rows.add(new LabelRow(
                        parser.getCurrentLineNumber(),
                        value(row, filename),
                        value(row, label),
                        value(row, group),
                        value(row, fold)));
            }
            return rows;
        } catch (UncheckedIOException e) {
            throw asUnusable(csv, e.getCause());
        } catch (IOException e) {
            throw asUnusable(csv, e);
        }
    }

    /** @throws IOException if it is not the CSV's fault */
    private static UnusableFileException asUnusable(Path csv, IOException e) throws IOException {
        if (e instanceof CharacterCodingException) {
            return new UnusableFileException(csv, "it is not in UTF-8; save it in that encoding");
        }
        if (e instanceof CSVException) {
            return new UnusableFileException(
                    csv, e.getMessage() + "; see whether a quote is missing there, or one too many");
        }
        throw e;
    }

    private static BufferedReader withoutByteOrderMark(Path csv) throws IOException {
        BufferedReader text = Files.newBufferedReader(csv);
        text.mark(1);
        if (text.read() != 0xFEFF) {
            text.reset();
        }
        return text;
    }

    private static Optional<Integer> column(List<String> header, String name) {
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).equalsIgnoreCase(name)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static String value(CSVRecord row, int column) {
        return column >= 0 && column < row.size() ? row.get(column).strip() : "";
    }

    private static UnusableFileException missing(Path csv, String column, List<String> header) {
        return new UnusableFileException(
                csv,
                "the column " + column + " is missing; the first line must be Filename,Label or Filename,Label,Group,"
                        + " it has: " + String.join(", ", header));
    }
}
