package io.karyoflow.benchmarks.accuracy;

import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.trainer.evaluation.Predictions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A CSV of what each trial said of each of its validation images, with calibrated probabilities. */
final class PredictionsFile implements AutoCloseable {
    private final CSVPrinter csv;

    /** @param classes names by label */
    PredictionsFile(Path file, List<String> classes) throws IOException {
        csv = new CSVPrinter(Files.newBufferedWriter(file), CSVFormat.RFC4180);
        List<String> header = new ArrayList<>(List.of("filename", "group", "fold", "seed", "label", "predicted"));
        header.addAll(classes);
        csv.printRecord(header);
    }

    /** @param images of the fold, in the order they were predicted in */
    void write(FoldResult result, List<LabelledImage> images) throws IOException {
        Predictions predictions = result.predictions();
        for (int i = 0; i < images.size(); i++) {
            LabelledImage image = images.get(i);
            double[] probabilities = predictions.probabilities(i, result.temperature());
            List<Object> row = new ArrayList<>(List.of(
                    image.filename(),
                    image.group() == null ? "" : image.group(),
                    result.fold(),
                    result.seed(),
                    predictions.label(i),
                    largest(probabilities)));
            for (double probability : probabilities) {
                row.add(String.format(Locale.ROOT, "%.4f", probability));
            }
            csv.printRecord(row);
        }
        csv.flush();
    }

    private static int largest(double[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[largest]) {
                largest = i;
            }
        }
        return largest;
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
