package io.karyoflow.ingest.truth;

import io.karyoflow.common.dataset.CsvRows;
import io.karyoflow.common.dataset.CsvRows.Row;
import io.karyoflow.ingest.truth.GivenTruth.Place;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads {@code requestId,label[,sampled]} or {@code slide,x,y,label[,sampled]}; case of the header does not matter. Other
 * columns are refused: a misspelt {@code sampled} would be lost.
 *
 * @param truths in the order of the rows
 * @param problems why other rows cannot be read
 */
public record TruthTable(List<GivenTruth> truths, List<RowProblem> problems) {
    /** All are in memory, where they take many times the room of a short row. */
    static final int MOST_ROWS = 100_000;

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

    /** @throws IllegalArgumentException if it cannot be used as a whole; the message says why */
    public static TruthTable read(byte[] csv) {
        try (CsvRows table = CsvRows.of(new ByteArrayInputStream(csv))) {
            Columns columns = new Columns(table.header().stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .toList());
            List<GivenTruth> truths = new ArrayList<>();
            List<RowProblem> problems = new ArrayList<>();
            while (table.hasNext()) {
                Row row = table.next();
                if (truths.size() + problems.size() == MOST_ROWS) {
                    throw new IllegalArgumentException(
                            "the table has more than " + MOST_ROWS + " rows; give them in several parts");
                }
                try {
                    truths.add(columns.truth(row));
                } catch (IllegalArgumentException e) {
                    problems.add(new RowProblem(row.line(), e.getMessage()));
                }
            }
            if (truths.isEmpty() && problems.isEmpty()) {
                throw new IllegalArgumentException("the table has a header but no rows");
            }
            return new TruthTable(truths, problems);
        } catch (IOException e) {
            throw new IllegalArgumentException("the table cannot be read: " + e.getMessage(), e);
        }
    }

    public boolean namesPlaces() {
        return truths.stream().anyMatch(truth -> truth.place() != null);
    }

    public int rows() {
        return truths.size() + problems.size();
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

        private GivenTruth truth(Row row) {
            String className = present(row, LABEL);
            boolean sampled = sampled(row);
            return header.contains(REQUEST)
                    ? new GivenTruth(row.line(), present(row, REQUEST), null, className, sampled)
                    : new GivenTruth(
                            row.line(),
                            null,
                            new Place(present(row, SLIDE), pixels(row, X), pixels(row, Y)),
                            className,
                            sampled);
        }

        private String present(Row row, String column) {
            String value = value(row, column);
            if (value.isEmpty()) {
                throw new IllegalArgumentException("the row has no " + (column.equals(REQUEST) ? "requestId" : column));
            }
            return value;
        }

        private long pixels(Row row, String column) {
            String value = present(row, column);
            try {
                return Long.parseLong(value);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        column + " is '" + value + "'; it must be a whole number of pixels", e);
            }
        }

        private boolean sampled(Row row) {
            String value = value(row, SAMPLED).toLowerCase(Locale.ROOT);
            if (!List.of("true", "false", "").contains(value)) {
                throw new IllegalArgumentException("sampled is '" + value + "'; it must be true or false");
            }
            return value.equals("true");
        }

        private String value(Row row, String column) {
            return row.value(header.indexOf(column));
        }
    }
}
