package io.karyoflow.launcher.data;

import io.karyoflow.launcher.progress.JobFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * The columns Filename and Label of a CSV file, in the file's order, read as ingest reads them. Ingest checks such files
 * thoroughly; this reads enough to know order and labels.
 */
public final class LabelTable {
    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setAllowMissingColumnNames(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_ALL)
            .setIgnoreEmptyLines(true)
            .setTrim(true)
            .get();

    private LabelTable() {}

    /**
     * @return labels as written, by file name as written
     * @throws JobFailure if a column is missing, or it is not a CSV in UTF-8
     */
    public static Map<String, String> read(Path csv) {
        try (BufferedReader text = withoutByteOrderMark(csv);
                CSVParser parser = FORMAT.parse(text)) {
            int filename = column(csv, parser.getHeaderNames(), "Filename");
            int label = column(csv, parser.getHeaderNames(), "Label");
            Map<String, String> labels = new LinkedHashMap<>();
            for (CSVRecord row : parser) {
                if (row.size() > Math.max(filename, label)) {
                    labels.put(row.get(filename).strip(), row.get(label).strip());
                }
            }
            return labels;
        } catch (IOException e) {
            throw unreadable(csv, e);
        } catch (UncheckedIOException e) {
            throw unreadable(csv, e.getCause());
        }
    }

    private static BufferedReader withoutByteOrderMark(Path csv) throws IOException {
        BufferedReader text = Files.newBufferedReader(csv);
        text.mark(1);
        if (text.read() != 0xFEFF) {
            text.reset();
        }
        return text;
    }

    private static int column(Path csv, List<String> header, String name) {
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).strip().equalsIgnoreCase(name)) {
                return i;
            }
        }
        throw new JobFailure(csv + " has no column " + name + "; its first line must name Filename and Label");
    }

    private static JobFailure unreadable(Path csv, IOException e) {
        return new JobFailure(
                e instanceof CharacterCodingException
                        ? csv + " is not in UTF-8; save it in that encoding"
                        : "cannot read " + csv + ": " + e.getMessage(),
                e);
    }
}
