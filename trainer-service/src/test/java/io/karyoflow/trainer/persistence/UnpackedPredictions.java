package io.karyoflow.trainer.persistence;

import io.karyoflow.common.validation.PredictionsTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A table of predictions as it is stored, read again. */
public record UnpackedPredictions(List<String> header, List<CSVRecord> rows) {
    public static UnpackedPredictions of(byte[] gzip) {
        try (CSVParser parser = PredictionsTable.FORMAT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new InputStreamReader(
                        new GZIPInputStream(new ByteArrayInputStream(gzip)), StandardCharsets.UTF_8))) {
            return new UnpackedPredictions(parser.getHeaderNames(), parser.getRecords());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** [C][C], rows true labels. @param classes names by label */
    public int[][] counts(List<String> classes) {
        int[][] counts = new int[classes.size()][classes.size()];
        for (CSVRecord row : rows) {
            int label = classes.indexOf(row.get(PredictionsTable.LABEL));
            counts[label][classes.indexOf(row.get(PredictionsTable.PREDICTED))]++;
        }
        return counts;
    }
}
