package io.karyoflow.tuner.overview;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karyoflow.common.validation.PredictionsTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * The table of what a trial's final network said of each validation image. It is never in memory as a whole, but read as far
 * as it is wanted: the mistakes come first in it, see {@link PredictionsTable}.
 */
public final class TrialPredictions {
    private static final CSVFormat WITH_HEADER = PredictionsTable.FORMAT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get();

    private final Supplier<InputStream> gzip;

    /** @param gzip opens the CSV in UTF-8, compressed */
    public TrialPredictions(Supplier<InputStream> gzip) {
        this.gzip = gzip;
    }

    /** Writes the CSV in UTF-8. */
    public void writeTo(OutputStream out) throws IOException {
        try (InputStream csv = csv()) {
            csv.transferTo(out);
        }
    }

    /** Writes a CSV in UTF-8 of the mistakes alone, the most confident ones first. */
    public void writeMistakesTo(OutputStream out) throws IOException {
        try (CSVParser table = open()) {
            CSVPrinter mistakes = new CSVPrinter(new OutputStreamWriter(out, UTF_8), PredictionsTable.FORMAT);
            mistakes.printRecord(table.getHeaderNames());
            mistakes.printRecords(mistakes(table));
            mistakes.flush();
        }
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
        return WITH_HEADER.parse(new InputStreamReader(csv(), UTF_8));
    }

    private InputStream csv() throws IOException {
        return new GZIPInputStream(gzip.get());
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
