package io.karyoflow.ingest.truth;

import io.karyoflow.ingest.truth.GivenTruth.Place;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * Reads {@code requestId,label[,sampled]} or {@code slide,x,y,label[,sampled]}; case of the header does not matter. Other
 * columns are refused: a misspelt {@code sampled} would be lost.
 *
 * @param truths in the order of the rows
 * @param problems why other rows cannot be read
 */
public record TruthTable(List<GivenTruth> truths, List<RowProblem> problems) {
    private static final String REQUEST = "requestid";
    private static final String SLIDE = "slide";
    private static final String X = "x";
    private static final String Y = "y";
    private static final String LABEL = "label";
    private static final String SAMPLED = "sampled";

    private static final List<String> BY_REQUEST = List.of(REQUEST, LABEL);
    private static final List<String> BY_PLACE = List.of(SLIDE, X, Y, LABEL);
    private static final String EXPECTATION =
            "the first line must be requestId,label or slide,x,y,label, either with ,sampled or without";

    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setAllowMissingColumnNames(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_ALL)
            .setIgnoreEmptyLines(true)
            .setTrim(true)
            .get();

    /** @throws IllegalArgumentException if it cannot be used as a whole; the message says why */
    public static TruthTable read(byte[] csv) {
        try (BufferedReader text = withoutByteOrderMark(csv);
                CSVParser parser = FORMAT.parse(text)) {
            Columns columns = new Columns(parser.getHeaderNames().stream()
                    .map(name -> name.strip().toLowerCase(Locale.ROOT))
                    .toList());
            List<GivenTruth> truths = new ArrayList<>();
            List<RowProblem> problems = new ArrayList<>();
            for (CSVRecord row : parser) {
                long line = parser.getCurrentLineNumber();
                try {
                    truths.add(columns.truth(line, row));
                } catch (IllegalArgumentException e) {
                    problems.add(new RowProblem(line, e.getMessage()));
                }
            }
            if (truths.isEmpty() && problems.isEmpty()) {
                throw new IllegalArgumentException("the table has a header but no rows");
            }
            return new TruthTable(truths, problems);
        } catch (UncheckedIOException e) {
            throw unusable(e.getCause());
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    public boolean namesPlaces() {
        return truths.stream().anyMatch(truth -> truth.place() != null);
    }

    public int rows() {
        return truths.size() + problems.size();
    }

    private static BufferedReader withoutByteOrderMark(byte[] csv) throws IOException {
        BufferedReader text = new BufferedReader(
                new InputStreamReader(new ByteArrayInputStream(csv), StandardCharsets.UTF_8.newDecoder()));
        text.mark(1);
        if (text.read() != 0xFEFF) {
            text.reset();
        }
        return text;
    }

    /** The bytes are all there, so it is the table's fault. */
    private static IllegalArgumentException unusable(IOException e) {
        return new IllegalArgumentException(
                e instanceof CharacterCodingException
                        ? "the table is not in UTF-8; save it in that encoding"
                        : e.getMessage() + "; see whether a quote is missing there, or one too many",
                e);
    }

    /** @param header in small letters */
    private record Columns(List<String> header) {
        private Columns {
            List<String> needed = header.contains(REQUEST) ? BY_REQUEST : BY_PLACE;
            List<String> others = header.stream()
                    .filter(name -> !needed.contains(name) && !name.equals(SAMPLED))
                    .toList();
            if (!header.containsAll(needed)
                    || !others.isEmpty()
                    || Set.copyOf(header).size() < header.size()) {
                throw new IllegalArgumentException(EXPECTATION + "; it is: " + String.join(",", header));
            }
        }

        private GivenTruth truth(long line, CSVRecord row) {
            String className = present(row, LABEL);
            boolean sampled = sampled(row);
            return header.contains(REQUEST)
                    ? new GivenTruth(line, present(row, REQUEST), null, className, sampled)
                    : new GivenTruth(
                            line,
                            null,
                            new Place(present(row, SLIDE), pixels(row, X), pixels(row, Y)),
                            className,
                            sampled);
        }

        private String present(CSVRecord row, String column) {
            String value = value(row, column);
            if (value.isEmpty()) {
                throw new IllegalArgumentException("the row has no " + (column.equals(REQUEST) ? "requestId" : column));
            }
            return value;
        }

        private long pixels(CSVRecord row, String column) {
            String value = present(row, column);
            try {
                return Long.parseLong(value);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        column + " is '" + value + "'; it must be a whole number of pixels", e);
            }
        }

        private boolean sampled(CSVRecord row) {
            String value = value(row, SAMPLED).toLowerCase(Locale.ROOT);
            if (!List.of("true", "false", "").contains(value)) {
                throw new IllegalArgumentException("sampled is '" + value + "'; it must be true or false");
            }
            return value.equals("true");
        }

        private String value(CSVRecord row, String column) {
            int index = header.indexOf(column);
            return index >= 0 && index < row.size() ? row.get(index).strip() : "";
        }
    }
}
