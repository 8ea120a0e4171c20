package io.karyoflow.launcher.report;

import io.karyoflow.common.message.Prediction;
import io.karyoflow.launcher.data.Images;
import io.karyoflow.launcher.data.JobData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes {@code labels.csv}: a line for each labelled image, in the order of {@code example.csv} where there is one, with
 * labels in the form that {@code train.csv} uses (numbers or names).
 */
final class WriteLabels {
    private WriteLabels() {}

    static void write(Path csv, JobData data, Map<String, Prediction> predictions) throws IOException {
        boolean numbers = data.trainingLabels().values().stream().allMatch(label -> label.matches("\\d+"));
        StringBuilder text = new StringBuilder("Filename,Label\n");
        for (String filename : order(data.wantedOrder().orElse(List.of()), predictions.keySet())) {
            Prediction prediction = predictions.get(filename);
            text.append(quoted(filename))
                    .append(',')
                    .append(numbers ? Integer.toString(prediction.label()) : quoted(prediction.className()))
                    .append('\n');
        }
        Files.writeString(csv, text);
    }

    private static Set<String> order(List<String> wanted, Set<String> filenames) {
        Set<String> order = new LinkedHashSet<>(wanted);
        order.retainAll(filenames);
        Set<String> others = new TreeSet<>(Images.BY_NAME);
        others.addAll(filenames);
        order.addAll(others);
        return order;
    }

    private static String quoted(String cell) {
        return cell.matches("[^\",\r\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
