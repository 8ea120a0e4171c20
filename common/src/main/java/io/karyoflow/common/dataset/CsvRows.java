package io.karyoflow.common.dataset;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * The rows of a CSV that people or their spreadsheets made: with a header, in UTF-8, perhaps with a byte order mark, empty
 * lines, and blanks around values.
 */
public final class CsvRows implements Closeable {
    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setAllowMissingColumnNames(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_ALL)
            .setIgnoreEmptyLines(true)
            .setTrim(true)
            .get();

    private final CSVParser parser;
    private final Iterator<CSVRecord> records;

    /** @param line where it ends in the file, from 1 */
    public record Row(long line, List<String> values) {

        /**
         * Stripped of surrounding blanks; empty if the row is too short.
         *
         * @param column from 0; negative for one that there is not, which is empty
         */
        public String value(int column) {
            return column >= 0 && column < values.size() ? values.get(column).strip() : "";
        }
    }

    private CsvRows(CSVParser parser) {
        this.parser = parser;
        this.records = parser.iterator();
    }

    /**
     * @param csv is closed with the rows, and if they cannot be read
     * @throws BrokenCsvException if it is the CSV's fault
     */
    public static CsvRows of(InputStream csv) throws IOException {
        BufferedReader text = new BufferedReader(new InputStreamReader(csv, StandardCharsets.UTF_8.newDecoder()));
        try {
            text.mark(1);
            if (text.read() != 0xFEFF) {
                text.reset();
            }
            return new CsvRows(FORMAT.parse(text));
        } catch (IOException e) {
            text.close();
            throw explained(e);
        }
    }

    /** Names of the columns, stripped of surrounding blanks. */
    public List<String> header() {
        return parser.getHeaderNames().stream().map(String::strip).toList();
    }

    /** @throws BrokenCsvException if it is the CSV's fault that the next row cannot be read */
    public boolean hasNext() throws IOException {
        try {
            return records.hasNext();
        } catch (UncheckedIOException e) {
            throw explained(e.getCause());
        }
    }

    public Row next() {
        CSVRecord next = records.next();
        return new Row(parser.getCurrentLineNumber(), next.toList());
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    private static IOException explained(IOException e) {
        if (e instanceof CharacterCodingException) {
            return new BrokenCsvException("it is not in UTF-8; save it in that encoding", e);
        }
        if (e instanceof CSVException) {
            return new BrokenCsvException(
                    e.getMessage() + "; see whether a quote is missing there, or one too many", e);
        }
        return e;
    }
}
