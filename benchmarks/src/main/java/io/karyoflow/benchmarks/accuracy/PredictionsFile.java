package io.karyoflow.benchmarks.accuracy;

import io.karyoflow.common.validation.PredictionsTable;
import io.karyoflow.common.validation.ValidatedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;

/** The tables that trials keep of their validation images, in one CSV: each row says which trial it is of, too. */
final class PredictionsFile implements AutoCloseable {
    private final PredictionsTable table;
    private final CSVPrinter csv;

    /** @param classes names by label */
    PredictionsFile(Path file, List<String> classes) throws IOException {
        table = new PredictionsTable(classes);
        csv = new CSVPrinter(Files.newBufferedWriter(file), PredictionsTable.FORMAT);
        csv.printRecord(with(table.header(), "fold", "seed"));
    }

    void write(FoldResult result) throws IOException {
        String fold = String.valueOf(result.fold());
        String seed = String.valueOf(result.seed());
        for (ValidatedImage image : result.images()) {
            csv.printRecord(with(table.row(image), fold, seed));
        }
        csv.flush();
    }

    private static List<String> with(List<String> row, String fold, String seed) {
        List<String> longer = new ArrayList<>(row);
        longer.add(fold);
        longer.add(seed);
        return longer;
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
