package io.karyoflow.explain.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.karyoflow.common.image.RgbImage;
import io.karyoflow.common.message.Attribution.Faithfulness;
import io.karyoflow.explain.attribution.AttributionMap;
import io.karyoflow.explain.attribution.InputShape;
import io.karyoflow.explain.attribution.MethodCatalogue;
import io.karyoflow.explain.attribution.Target;
import io.karyoflow.explain.explanation.ExplainedImage;
import io.karyoflow.explain.explanation.Explanation;
import io.karyoflow.explain.explanation.MethodOptions;
import io.karyoflow.explain.web.ExplainUpload.Explained;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteExplanationTest {
    private static final String REASON = "saliency: the model failed: java.lang.IllegalStateException: out of memory";

    private final AnswersBeingSent answersBeingSent = new AnswersBeingSent(1000);
    private final WriteExplanation write = new WriteExplanation(
            new MethodOptions(new MethodCatalogue(), Map.of()), new ObjectMapper(), answersBeingSent);

    @ParameterizedTest
    @ValueSource(strings = {MediaType.APPLICATION_JSON, WriteExplanation.PNG, WriteExplanation.NPY})
    void saysWhyTheModelCouldNotClassifyTheImageInWhicheverForm(String form) {
        assertThatThrownBy(() -> write.as(MediaType.valueOf(form), notClassified()))
                .isInstanceOf(ModelFailedException.class)
                .hasMessage(REASON);
    }

    @Test
    void aModelThatFailedIsNotTheSendersMistake() {
        assertThat(new Problems().modelFailed(new ModelFailedException(REASON)).getStatus())
                .isEqualTo(500);
    }

    @Test
    void anAnswerCountsUntilItIsRead() throws IOException {
        StreamingOutput body = json();
        assertThat(answersBeingSent.bytes()).isPositive();

        ByteArrayOutputStream read = new ByteArrayOutputStream();
        body.write(read);

        assertThat(read.toString(StandardCharsets.UTF_8))
                .contains("overlayPng")
                .contains("\"warning\":\"the image is small\"");
        assertThat(answersBeingSent.bytes()).isZero();
    }

    @Test
    void anAnswerWhoseReaderIsGoneCountsNoMore() {
        StreamingOutput body = json();

        assertThatThrownBy(() -> body.write(new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("connection reset by peer");
                    }
                }))
                .hasMessageContaining("connection reset by peer");

        assertThat(answersBeingSent.bytes()).isZero();
    }

    private StreamingOutput json() {
        ExplainedImage answer = new ExplainedImage(
                "m-1",
                List.of("normal", "cancer"),
                new float[] {0.25f, 0.75f},
                new float[] {0, 1},
                1,
                "the image is small",
                Target.ofClass(1),
                List.of(new Explanation(
                        "saliency",
                        Map.of(),
                        new AttributionMap(new InputShape(1, 1, 1), new float[] {1}),
                        new Faithfulness(null, null, null, null, null),
                        1)),
                Map.of());
        return (StreamingOutput) write.as(
                        MediaType.APPLICATION_JSON_TYPE,
                        new Explained(new RgbImage(1, 1, new byte[3]), new byte[1], Parameters.read(Map.of()), answer))
                .getEntity();
    }

    private static Explained notClassified() {
        ExplainedImage answer = new ExplainedImage(
                "m-1",
                List.of("normal", "cancer"),
                new float[0],
                new float[0],
                -1,
                null,
                null,
                List.of(),
                Map.of("saliency", "the model failed: java.lang.IllegalStateException: out of memory"));
        return new Explained(new RgbImage(1, 1, new byte[3]), new byte[1], Parameters.read(Map.of()), answer);
    }
}
