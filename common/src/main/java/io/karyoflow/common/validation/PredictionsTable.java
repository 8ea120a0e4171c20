package io.karyoflow.common.validation;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;

/**
 * The columns of a CSV that says what a network made of its validation images. In the table of a trial the mistakes come
 * first, the most confident ones on top, so that whoever wants those need not read on.
 */
public final class PredictionsTable {
    public static final CSVFormat FORMAT = CSVFormat.RFC4180;

    /** As many mistakes as one looks at: a trial keeps pictures of the first ones of its table, and its page shows them. */
    public static final int SHOWN_MISTAKES = 20;

    public static final String FILENAME = "filename";
    public static final String GROUP = "group";
    public static final String LABEL = "label";
    public static final String PREDICTED = "predicted";
    /** of what is predicted */
    public static final String PROBABILITY = "probability";

    private final List<String> classes;

    /** @param classes names by label, no two of them the same */
    public PredictionsTable(List<String> classes) {
        this.classes = List.copyOf(classes);
    }

    /** Columns by name; the last ones are the probabilities of the classes, by label. */
    public List<String> header() {
        List<String> header = new ArrayList<>(List.of(FILENAME, GROUP, LABEL, PREDICTED, PROBABILITY));
        for (String name : classes) {
            header.add("p(" + name + ")");
        }
        return header;
    }

    /**
     * Classes by their names, probabilities as precise as labels have them: the logarithm of a small one, which log loss
     * takes, must be that of the probability and not that of 0.
     */
    public List<String> row(ValidatedImage image) {
        List<String> row = new ArrayList<>(List.of(
                image.filename(),
                image.group(),
                classes.get(image.label()),
                classes.get(image.predicted()),
                decimal(image.confidence())));
        for (double probability : image.probabilities()) {
            row.add(decimal(probability));
        }
        return row;
    }

    private static String decimal(double probability) {
        return Float.toString((float) probability);
    }
}
