package io.karyoflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.Attribution;
import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.DatasetRegistered.OffsetRange;
import io.karyoflow.common.message.DatasetRegistered.Split;
import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.message.ExplanationRequested;
import io.karyoflow.common.message.HyperparameterSchema;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.message.Prediction;
import io.karyoflow.common.message.Prediction.ClassProbability;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.message.Sha256;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.message.TrialEvent;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.message.TrialStopRequested;
import io.karyoflow.common.messaging.CloudEventHeaders;
import io.karyoflow.common.messaging.CreateTopics;
import io.karyoflow.common.messaging.DeadLetters;
import io.karyoflow.common.messaging.ImageRecords;
import io.karyoflow.common.messaging.SentAgain;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/asyncapi.yaml} describes what the code writes: all of it, and nothing else. */
class AsyncApiTest {
    private static final AsyncApiSchemas SCHEMAS = AsyncApiSchemas.load();

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final byte[] IMAGE = {1, 2, 3};
    private static final String HASH = Sha256.of(IMAGE);
    private static final String MODEL = HASH.substring(0, 16);
    private static final ColourStatistics COLOURS =
            new ColourStatistics(new float[] {0.45f, 1, 1e-9f}, new float[] {0.21f, 0, 1e8f});
    private static final EpochMetrics METRICS = new EpochMetrics(0.7, 0.8, 0.75);
    private static final DatasetRegistered DATASET = new DatasetRegistered(
            "dataset",
            "colon",
            List.of("normal", "cancer"),
            10,
            List.of(6, 4),
            List.of(List.of(3, 2), List.of(3, 2)),
            List.of(HASH, Sha256.of(new byte[0])),
            new Split(Split.Kind.GROUPED_STRATIFIED, 0, 2, null),
            List.of(new OffsetRange(0, 0, 10)),
            NOW);

    static Stream<ConsumerRecord<String, byte[]>> records() {
        return Stream.of(
                json(Topics.DATASETS, DATASET),
                json(Topics.DATASETS, split(new Split(Split.Kind.STRATIFIED, -3, 2, 0.2))),
                json(Topics.DATASETS, split(new Split(Split.Kind.GROUPED_GIVEN, 0, 2, null))),
                json(Topics.DATASETS, split(new Split(Split.Kind.GIVEN, 0, 2, null))),
                json(
                        Topics.TRIAL_REQUESTS,
                        new TrialRequested(
                                "trial", 1, "study", Architecture.CONVNET, Hyperparameters.DEFAULTS, 3, 7, DATASET, 0)),
                json(Topics.TRIAL_EVENTS, new TrialEvent.Started("study", "trial", 1, NOW, "worker", "CPU")),
                json(
                        Topics.TRIAL_EVENTS,
                        new TrialEvent.EpochCompleted("study", "trial", 1, NOW, 1, METRICS, METRICS, 1e-3, 512.5)),
                json(Topics.TRIAL_EVENTS, new TrialEvent.Completed("study", "trial", 1, NOW, 3, METRICS, MODEL)),
                json(Topics.TRIAL_EVENTS, new TrialEvent.Failed("study", "trial", 2, NOW, "the loss is not a number")),
                json(Topics.TRIAL_EVENTS, new TrialEvent.Stopped("study", "trial", 1, NOW, 0)),
                json(Topics.TRIAL_STOPS, new TrialStopRequested("study", "trial", "not in the upper third")),
                json(Topics.MODELS, new ModelPromoted("default", MODEL, HASH, "study", "trial", NOW)),
                json(Topics.PREDICTIONS, prediction("a.png", "slide", 3L, -4L)),
                json(Topics.PREDICTIONS, prediction(COLOURS)),
                json(Topics.PREDICTIONS, doubtful()),
                json(Topics.PREDICTIONS, prediction(null, null, null, null)),
                json(Topics.ATTRIBUTIONS, attribution(0.4)),
                consumed(ImageRecords.of(
                        new LabelledImage(HASH, "dataset", "a.png", 1, 0, "patient", "image/png", IMAGE), "ingest")),
                request(),
                request(COLOURS),
                toExplain(null),
                toExplain(COLOURS),
                consumed(DeadLetters.of(request(), "not an image", "inference")),
                consumed(DeadLetters.ofMethods(toExplain(null), "saliency,rise", "out of memory", "explain")));
    }

    @ParameterizedTest
    @MethodSource("records")
    void describesWhatIsWritten(ConsumerRecord<String, byte[]> message) {
        assertThat(SCHEMAS.violations(message)).as("%s", message.topic()).isEmpty();
    }

    @Test
    void describesTheNoteThatALetterWasSentAgain() {
        ConsumerRecord<String, byte[]> letter = consumed(DeadLetters.of(request(), "not an image", "inference"));
        Map<String, String> headers = new HashMap<>();
        SentAgain.note(letter)
                .headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));

        assertThat(SCHEMAS.violations("SentAgainHeaders", MessageJson.write(headers)))
                .isEmpty();
    }

    @Test
    void describesEveryTopicOfTheContract() {
        assertThat(CreateTopics.names()).containsAll(topicsOfTheContract());
        assertThat(SCHEMAS.topics()).containsExactlyInAnyOrderElementsOf(CreateTopics.names());
    }

    @Test
    void describesHyperparametersAsTheyAreDeclared() {
        JsonNode declared =
                MessageJson.mapper().valueToTree(HyperparameterSchema.json().get("properties"));

        assertThat(SCHEMAS.schema("Hyperparameters").get("properties").toPrettyString())
                .isEqualTo(declared.toPrettyString());
    }

    @Test
    void noticesAPropertyThatIsNotDescribed() {
        ObjectNode prediction = (ObjectNode) MessageJson.mapper().valueToTree(prediction("a.png", null, null, null));
        prediction.put("colour", "blue");

        assertThat(SCHEMAS.violations("Prediction", MessageJson.write(prediction)))
                .singleElement()
                .asString()
                .contains("colour");
    }

    @Test
    void noticesWhatIsMissingOrOutOfRange() {
        ObjectNode prediction = (ObjectNode) MessageJson.mapper().valueToTree(prediction("a.png", null, null, null));
        prediction.remove("modelId");
        prediction.put("imageId", "no hash").put("label", -1).put("predictedAt", "yesterday");

        assertThat(SCHEMAS.violations("Prediction", MessageJson.write(prediction)))
                .hasSize(4)
                .anyMatch(text -> text.contains("modelId"))
                .anyMatch(text -> text.contains("imageId"))
                .anyMatch(text -> text.contains("label"))
                .anyMatch(text -> text.contains("predictedAt"));
    }

    @Test
    void noticesANumberThatIsNone() {
        assertThat(SCHEMAS.violations("Attribution", MessageJson.write(attribution(Double.NaN))))
                .singleElement()
                .asString()
                .contains("score");
    }

    @Test
    void noticesAnEventOfAnUnknownKind() {
        ObjectNode event =
                (ObjectNode) MessageJson.mapper().valueToTree(new TrialEvent.Stopped("study", "trial", 1, NOW, 0));

        assertThat(SCHEMAS.violations("TrialEvent", MessageJson.write(event))).isEmpty();
        event.put("type", "Vanished");
        assertThat(SCHEMAS.violations("TrialEvent", MessageJson.write(event))).isNotEmpty();
    }

    @Test
    void noticesAMissingHeader() {
        ConsumerRecord<String, byte[]> message = json(Topics.PREDICTIONS, prediction("a.png", null, null, null));
        message.headers().remove("ce_type");

        assertThat(SCHEMAS.violations(message)).singleElement().asString().contains("ce_type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1,0.2,0.3,0.4,0.5", "0.1,0.2,0.3,0.4,0.5,0.6,0.7", "0.1,0.2,0.3,0.4,0.5,-0.6", "pink"})
    void noticesColoursThatAreNotSixNumbers(String colours) {
        for (ConsumerRecord<String, byte[]> message : List.of(request(), toExplain(null))) {
            CloudEventHeaders.put(message.headers(), "colours", colours);

            assertThat(SCHEMAS.violations(message)).singleElement().asString().contains("ce_colours");
        }
    }

    private static List<String> topicsOfTheContract() {
        return Arrays.stream(Topics.class.getFields())
                .filter(field -> !field.getName().endsWith("GROUP"))
                .map(field -> {
                    try {
                        return (String) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    private static DatasetRegistered split(Split split) {
        return new DatasetRegistered(
                "dataset",
                "colon",
                List.of("normal", "cancer"),
                10,
                List.of(6, 4),
                List.of(List.of(2, 0), List.of(4, 4)),
                null,
                split,
                List.of(new OffsetRange(3, 17, 27)),
                NOW);
    }

    private static Prediction prediction(String filename, String slide, Long x, Long y) {
        return prediction(filename, slide, x, y, null, null);
    }

    private static Prediction doubtful() {
        return prediction("a.png", "slide", 3L, 4L, null, "the image has 50 x 50 pixels");
    }

    private static Prediction prediction(ColourStatistics colours) {
        return prediction(null, "slide", null, null, colours.numbers(), null);
    }

    private static Prediction prediction(
            String filename, String slide, Long x, Long y, List<Float> colours, String warning) {
        return new Prediction(
                "request",
                HASH,
                filename,
                slide,
                x,
                y,
                colours,
                1,
                "cancer",
                List.of(new ClassProbability("normal", 0.25), new ClassProbability("cancer", 0.75)),
                MODEL,
                NOW,
                NOW,
                1.5,
                warning);
    }

    private static Attribution attribution(double score) {
        return new Attribution(
                "request",
                HASH,
                "a.png",
                "slide",
                3L,
                4L,
                "smoothgrad",
                Map.of("abs", true, "nt_type", "smoothgrad", "nt_samples", 16, "stdevs", 0.3, "shape", List.of(1, 2)),
                1,
                "cancer",
                score,
                0.75,
                List.of(1, 1),
                "AACAPw==",
                "iVBORw0KGgoAAAA=",
                new Attribution.Faithfulness(null, 0.2, 0.9, 0.01, null),
                MODEL,
                NOW,
                12.5);
    }

    private static ConsumerRecord<String, byte[]> request() {
        return request(null);
    }

    private static ConsumerRecord<String, byte[]> request(ColourStatistics colours) {
        return consumed(ImageRecords.of(
                new PredictionRequest(
                        "request",
                        "a.png",
                        "slide",
                        3L,
                        4L,
                        colours,
                        List.of("saliency", "occlusion"),
                        "image/png",
                        IMAGE),
                "ingest"));
    }

    private static ConsumerRecord<String, byte[]> toExplain(ColourStatistics colours) {
        PredictionRequest request =
                new PredictionRequest("request", null, null, null, null, colours, List.of("saliency"), null, IMAGE);
        return consumed(ImageRecords.of(new ExplanationRequested(request, MODEL, 1, NOW), "inference"));
    }

    private static ConsumerRecord<String, byte[]> json(String topic, Object message) {
        return consumed(new ProducerRecord<>(
                topic, null, "key", MessageJson.write(message), CloudEventHeaders.ofJson(message, "test")));
    }

    private static ConsumerRecord<String, byte[]> consumed(ProducerRecord<String, byte[]> record) {
        ConsumerRecord<String, byte[]> consumed =
                new ConsumerRecord<>(record.topic(), 0, 0, record.key(), record.value());
        new RecordHeaders(record.headers()).forEach(consumed.headers()::add);
        return consumed;
    }
}
