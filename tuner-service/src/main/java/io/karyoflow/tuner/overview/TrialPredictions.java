package io.karyoflow.tuner.overview;

import io.karyoflow.common.validation.PredictionsTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * The table of what a trial's final network said of each validation image. It stays compressed in memory and is read as far
 * as it is wanted: the mistakes come first in it, see {@link PredictionsTable}.
 */
public final class TrialPredictions {
    private static final CSVFormat WITH_HEADER = PredictionsTable.FORMAT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get();

    private final byte[] gzip;

    /** @param gzip the CSV in UTF-8, compressed */
    public TrialPredictions(byte[] gzip) {
        this.gzip = gzip;
    }

    /** The CSV in UTF-8; to be closed. */
    public InputStream csv() {
        try {
            return new GZIPInputStream(new ByteArrayInputStream(gzip));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A CSV of the mistakes alone, the most confident ones first. */
    public String csvOfMistakes() {
        StringWriter text = new StringWriter();
        try (CSVParser table = open();
                CSVPrinter mistakes = new CSVPrinter(text, PredictionsTable.FORMAT)) {
            mistakes.printRecord(table.getHeaderNames());
            mistakes.printRecords(mistakes(table));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** The most confident ones, those first. @param most that are wanted */
    public List<Mistake> mistakes(int most) {
        try (CSVParser table = open()) {
            return mistakes(table).limit(most).map(TrialPredictions::mistake).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CSVParser open() throws IOException {
        return WITH_HEADER.parse(new InputStreamReader(csv(), StandardCharsets.UTF_8));
    }

    private static Stream<CSVRecord> mistakes(CSVParser table) {
        return table.stream()
                .takeWhile(row -> !row.get(PredictionsTable.LABEL).equals(row.get(PredictionsTable.PREDICTED)));
    }

    private static Mistake mistake(CSVRecord row) {
        return new Mistake(
                row.get(PredictionsTable.FILENAME),
                row.get(PredictionsTable.GROUP),
                row.get(PredictionsTable.LABEL),
                row.get(PredictionsTable.PREDICTED),
                Double.parseDouble(row.get(PredictionsTable.PROBABILITY)));
    }
}
