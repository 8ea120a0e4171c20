package io.karyoflow.ingest.label;

import static io.karyoflow.ingest.label.TestLabels.PREDICTED;
import static io.karyoflow.ingest.label.TestLabels.REQUESTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.message.Prediction;
import io.karyoflow.common.message.Prediction.ClassProbability;
import io.karyoflow.common.message.UnreadableMessageException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredLabelTest {
    private static final List<ClassProbability> PROBABILITIES =
            List.of(new ClassProbability("a", 0.25), new ClassProbability("b", 0.75));

    @Test
    void itsProbabilityIsThatOfItsLabel() {
        StoredLabel label = StoredLabel.of(prediction("r", 1, "b", PROBABILITIES, PREDICTED));

        assertThat(label.probability()).isEqualTo(0.75);
        assertThat(label.hasPosition()).isFalse();
    }

    @Test
    void itKeepsTheWarningIfThereIsOne() {
        assertThat(StoredLabel.of(TestLabels.doubtful("r", null, PREDICTED, "small"))
                        .warning())
                .isEqualTo("small");
        assertThat(StoredLabel.of(prediction("r", 1, "b", PROBABILITIES, PREDICTED))
                        .warning())
                .isNull();
    }

    @Test
    void whatLacksAPartThatEveryLabelHasIsNone() {
        refused(prediction(null, 1, "b", PROBABILITIES, PREDICTED));
        refused(prediction("r", 1, null, PROBABILITIES, PREDICTED));
        refused(prediction("r", 1, "b", null, PREDICTED));
        refused(prediction("r", 1, "b", PROBABILITIES, null));
        refused(prediction("r", 2, "b", PROBABILITIES, PREDICTED));
        refused(prediction("r", -1, "b", PROBABILITIES, PREDICTED));
        refused(prediction("r", 0, "b", Arrays.asList((ClassProbability) null), PREDICTED));
        refused(prediction("r", 0, "b", List.of(new ClassProbability(null, 1)), PREDICTED));
        refused(prediction("r", 0, "b", List.of(new ClassProbability("b", Double.NaN)), PREDICTED));
        refused(prediction("r", 1, "b", PROBABILITIES, Instant.MAX));
        refused(TestLabels.prediction("r", null, null, null, List.of(0.5f), 1, PREDICTED));
        refused(TestLabels.prediction("r", null, null, null, Collections.nCopies(6, Float.NaN), 1, PREDICTED));
    }

    private static void refused(Prediction prediction) {
        assertThatThrownBy(() -> StoredLabel.of(prediction))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageStartingWith("not a Prediction: requestId");
    }

    private static Prediction prediction(
            String requestId, int label, String className, List<ClassProbability> probabilities, Instant predictedAt) {
        return new Prediction(
                requestId,
                "hash",
                null,
                null,
                null,
                1L,
                null,
                label,
                className,
                probabilities,
                "model",
                REQUESTED,
                predictedAt,
                1,
                null);
    }
}
