package io.karyoflow.common.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.message.DatasetRegistered.OffsetRange;
import io.karyoflow.common.message.DatasetRegistered.Split;
import io.karyoflow.common.message.DatasetRegistered.Split.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageJsonTest {
    private static final Instant TIME = Instant.parse("2026-03-01T10:15:30.123456Z");
    private static final EpochMetrics METRICS = new EpochMetrics(0.5, 0.75, 0.7);
    private static final DatasetRegistered DATASET = new DatasetRegistered(
            "d",
            "colon",
            List.of("a", "b"),
            5,
            List.of(2, 3),
            List.of(List.of(1, 0), List.of(1, 3)),
            List.of("00", "01"),
            new Split(Kind.GROUPED_STRATIFIED, Long.MIN_VALUE, 2, 0.2),
            List.of(new OffsetRange(0, 5, 10)),
            TIME);

    static Stream<Object> messages() {
        return Stream.of(
                DATASET,
                new TrialRequested("t", 2, "s", Architecture.CONVNET, Hyperparameters.DEFAULTS, 3, -1, DATASET, 1),
                new TrialStopRequested("s", "t", "rung"),
                new ModelPromoted("default", "m", "00", "s", "t", TIME),
                new Prediction(
                        "r",
                        "i",
                        null,
                        null,
                        null,
                        7L,
                        List.of(0.45f, 1f, 1e-9f, 0.21f, 1 / 3f, 0f),
                        1,
                        "b",
                        List.of(new Prediction.ClassProbability("b", 1)),
                        "m",
                        TIME,
                        TIME,
                        1.5,
                        "small"));
    }

    @Test
    void halfACharacterIsNotEscapedInTextSinceNoDatabaseTakesThat() {
        assertThat(MessageJson.writeText(List.of("a\uD83D", "\uD83D\uDE00")))
                .isEqualTo("[\"a\uD83D\",\"\uD83D\uDE00\"]");
    }

    @Test
    void aFailureFitsIntoARecordWhateverItQuotes() {
        TrialEvent.Failed failed = new TrialEvent.Failed("s", "t", 1, TIME, "no dtype " + "x".repeat(2_000_000));

        assertThat(failed.reason()).startsWith("no dtype xxx").hasSizeLessThan(20_000);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageSurvivesJson(Object message) {
        assertThat((Object) MessageJson.read(MessageJson.write(message), message.getClass()))
                .isEqualTo(message);
    }

    @Test
    void trialEventsAreToldApartByType() {
        for (TrialEvent event : List.of(
                new TrialEvent.Started("s", "t", 1, TIME, "w", "CPU"),
                new TrialEvent.EpochCompleted("s", "t", 1, TIME, 1, METRICS, METRICS, 1e-3, 900),
                new TrialEvent.Completed("s", "t", 1, TIME, 2, METRICS, "m"),
                new TrialEvent.Failed("s", "t", 1, TIME, "loss is NaN"),
                new TrialEvent.Stopped("s", "t", 1, TIME, 1))) {
            String json = MessageJson.writeText(event);

            assertThat(json).contains("\"type\":\"" + event.getClass().getSimpleName() + "\"");
            assertThat(MessageJson.read(json, TrialEvent.class)).isEqualTo(event);
        }
    }

    @Test
    void writesTimesAsIsoAndLeavesOutWhatIsAbsent() {
        String json = MessageJson.writeText(new ModelPromoted("default", "m", null, null, null, TIME));

        assertThat(json)
                .isEqualTo("{\"role\":\"default\",\"modelId\":\"m\",\"promotedAt\":\"2026-03-01T10:15:30.123456Z\"}");
    }

    @Test
    void ignoresWhatANewerWriterAdds() {
        TrialStopRequested read = MessageJson.read(
                "{\"studyId\":\"s\",\"trialId\":\"t\",\"reason\":\"r\",\"by\":\"you\"}", TrialStopRequested.class);

        assertThat(read).isEqualTo(new TrialStopRequested("s", "t", "r"));
    }

    @Test
    void aPredictionOfAnOlderWriterHasNoWarning() {
        Prediction read = MessageJson.read(
                "{\"requestId\":\"r\",\"label\":1,\"batchMillis\":1.5,\"probabilities\":[]}", Prediction.class);

        assertThat(read.warning()).isNull();
    }

    @Test
    void aRegistrationOfAnOlderWriterHasNoFingerprintsAndIsWrittenAsItWas() {
        DatasetRegistered read =
                MessageJson.read("{\"datasetId\":\"d\",\"name\":\"colon\",\"images\":5}", DatasetRegistered.class);

        assertThat(read.foldFingerprints()).isNull();
        assertThat(MessageJson.writeText(read))
                .as("trainers find what they have cached by it")
                .isEqualTo("{\"datasetId\":\"d\",\"name\":\"colon\",\"images\":5}");
    }

    @Test
    void saysWhatIsWrongWithARecord() {
        assertThatThrownBy(() -> MessageJson.read((byte[]) null, ModelPromoted.class))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("no value");
        assertThatThrownBy(() -> MessageJson.read("null", ModelPromoted.class)).hasMessageContaining("null");
        assertThatThrownBy(() -> MessageJson.read("{oops", ModelPromoted.class))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageStartingWith("not a ModelPromoted");
        assertThatThrownBy(() -> MessageJson.read("{\"loss\":1,\"accuracy\":null,\"macroF1\":1}", EpochMetrics.class))
                .isInstanceOf(UnreadableMessageException.class);
        assertThatThrownBy(() -> MessageJson.read("{\"loss\":1,\"accuracy\":0.5}", EpochMetrics.class))
                .as("a number that is missing must not become 0")
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("macroF1");
        assertThatThrownBy(() -> MessageJson.read(
                        "{\"type\":\"Exploded\",\"trialId\":\"t\"}".getBytes(StandardCharsets.UTF_8), TrialEvent.class))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("Exploded");
    }
}
