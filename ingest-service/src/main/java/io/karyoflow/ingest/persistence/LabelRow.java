package io.karyoflow.ingest.persistence;

import io.karyoflow.common.message.Prediction.ClassProbability;
import io.karyoflow.ingest.label.StoredLabel;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.StatementContext;

/** A row of the table {@code prediction}. */
final class LabelRow {
    static final String COLUMNS =
            "request_id, image_id, filename, slide, x, y, colours, label, class_name, class_names,"
                    + " probabilities, model_id, requested_at, predicted_at, warning";

    private LabelRow() {}

    static StoredLabel label(ResultSet row, StatementContext context) throws SQLException {
        return new StoredLabel(
                row.getString("request_id"),
                row.getString("image_id"),
                row.getString("filename"),
                row.getString("slide"),
                row.getObject("x", Long.class),
                row.getObject("y", Long.class),
                colours(row.getArray("colours")),
                row.getInt("label"),
                row.getString("class_name"),
                probabilities((String[]) row.getArray("class_names").getArray(), (Float[])
                        row.getArray("probabilities").getArray()),
                row.getString("model_id"),
                row.getTimestamp("requested_at").toInstant(),
                row.getTimestamp("predicted_at").toInstant(),
                row.getString("warning"));
    }

    private static List<Float> colours(Array numbers) throws SQLException {
        return numbers == null ? null : List.of((Float[]) numbers.getArray());
    }

    private static List<ClassProbability> probabilities(String[] classNames, Float[] probabilities) {
        return IntStream.range(0, classNames.length)
                .mapToObj(i -> new ClassProbability(classNames[i], probabilities[i]))
                .toList();
    }
}
