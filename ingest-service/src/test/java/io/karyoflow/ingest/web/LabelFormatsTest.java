package io.karyoflow.ingest.web;

import static io.karyoflow.ingest.label.TestLabels.PREDICTED;
import static io.karyoflow.ingest.label.TestLabels.REQUESTED;
import static io.karyoflow.ingest.label.TestLabels.label;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Prediction.ClassProbability;
import io.karyoflow.ingest.label.StoredLabel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LabelFormatsTest {
    private static final List<String> CLASSES = List.of("muscle", "cancer");

    @Test
    void csvQuotesWhatMustBeAndLeavesEmptyWhatIsUnknown() throws IOException {
        StoredLabel awkward = new StoredLabel(
                "r,1",
                "hash",
                "say \"ü\".png",
                null,
                null,
                null,
                null,
                0,
                "a, b",
                List.of(new ClassProbability("a, b", (float) 0.9)),
                "model",
                REQUESTED,
                PREDICTED,
                "the image has 50 x 50 pixels, not 100");

        String csv = written(
                new LabelsAsCsv(List.of("muscle", "cancer", "a, b")), List.of(label("r", "7", -1L, 2L, 1), awkward));

        assertThat(csv.split("\r\n"))
                .containsExactly(
                        "requestId,filename,slide,x,y,label,className,probability,p(muscle),p(cancer),\"p(a, b)\","
                                + "modelId,requestedAt,predictedAt,imageId,warning",
                        "r,r.png,7,-1,2,1,cancer,0.75,0.25,0.75,,"
                                + "model,2026-01-02T03:04:05Z,2026-01-02T03:04:06.500Z,hash of r,",
                        "\"r,1\",\"say \"\"ü\"\".png\",,,,0,\"a, b\",0.9,,,0.9,"
                                + "model,2026-01-02T03:04:05Z,2026-01-02T03:04:06.500Z,hash,"
                                + "\"the image has 50 x 50 pixels, not 100\"");
    }

    @Test
    void csvOfNothingIsItsHeader() throws IOException {
        assertThat(written(new LabelsAsCsv(List.of()), List.of()))
                .isEqualTo("requestId,filename,slide,x,y,label,className,probability,modelId,requestedAt,predictedAt,"
                        + "imageId,warning\r\n");
    }

    @Test
    void jsonIsAnArrayOfLabelsAsTheyAreInMessages() throws IOException {
        JsonNode array = json(written(new LabelsAsJson(), List.of(label("r", null, null, null, 1))));

        assertThat(array)
                .isEqualTo(
                        json(
                                """
                        [{"requestId": "r", "imageId": "hash of r", "filename": "r.png", "label": 1,
                          "className": "cancer",
                          "probabilities": [{"className": "muscle", "probability": 0.25},
                                            {"className": "cancer", "probability": 0.75}],
                          "modelId": "model", "requestedAt": "2026-01-02T03:04:05Z",
                          "predictedAt": "2026-01-02T03:04:06.500Z"}]"""));
        assertThat(json(written(new LabelsAsJson(), List.of()))).isEmpty();
    }

    @Test
    void geoJsonHasADetectionInTheMiddleOfEachPatch() throws IOException {
        List<StoredLabel> labels = List.of(
                label("a", "7", 2048L, 512L, 1), label("b", "7", null, 512L, 0), label("c", "7", 100L, -50L, 0));

        JsonNode document = json(written(new LabelsAsGeoJson(CLASSES, 101), labels));

        assertThat(document)
                .isEqualTo(
                        json(
                                """
                        {"type": "FeatureCollection", "features": [
                          {"type": "Feature",
                           "geometry": {"type": "Point", "coordinates": [2098.5, 562.5]},
                           "properties": {"objectType": "detection",
                                          "classification": {"name": "cancer", "color": [213, 94, 0]},
                                          "measurements": {"p(muscle)": 0.25, "p(cancer)": 0.75}}},
                          {"type": "Feature",
                           "geometry": {"type": "Point", "coordinates": [150.5, 0.5]},
                           "properties": {"objectType": "detection",
                                          "classification": {"name": "muscle", "color": [0, 158, 115]},
                                          "measurements": {"p(muscle)": 0.75, "p(cancer)": 0.25}}}]}"""));
    }

    @Test
    void aPartOfADocumentIsNotTakenForTheWhole() {
        for (LabelFormat format : List.of(new LabelsAsJson(), new LabelsAsGeoJson(CLASSES, 100))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();

            assertThatThrownBy(() -> format.write(failing(), out)).hasMessage("the database is away");

            String part = out.toString(StandardCharsets.UTF_8);
            assertThat(part).isNotEmpty();
            assertThatThrownBy(() -> json(part)).isInstanceOf(JsonProcessingException.class);
        }
    }

    /** Ten thousand labels, and then an outage. */
    private static Iterable<StoredLabel> failing() {
        StoredLabel label = label("r", "7", 1L, 2L, 0);
        return () -> Stream.iterate(0, i -> i + 1)
                .map(i -> {
                    if (i == 10_000) {
                        throw new IllegalStateException("the database is away");
                    }
                    return label;
                })
                .iterator();
    }

    private static String written(LabelFormat format, List<StoredLabel> labels) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.write(labels, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static JsonNode json(String text) throws IOException {
        return MessageJson.mapper().readTree(text);
    }
}
