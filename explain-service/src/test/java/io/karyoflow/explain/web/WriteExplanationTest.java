package io.karyoflow.explain.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.image.RgbImage;
import io.karyoflow.explain.attribution.MethodCatalogue;
import io.karyoflow.explain.explanation.ExplainedImage;
import io.karyoflow.explain.explanation.MethodOptions;
import io.karyoflow.explain.web.ExplainUpload.Explained;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteExplanationTest {
    private static final String REASON = "saliency: the model failed: java.lang.IllegalStateException: out of memory";

    private final WriteExplanation write = new WriteExplanation(new MethodOptions(new MethodCatalogue(), Map.of()));

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

    private static Explained notClassified() {
        ExplainedImage answer = new ExplainedImage(
                "m-1",
                List.of("normal", "cancer"),
                new float[0],
                new float[0],
                -1,
                null,
                List.of(),
                Map.of("saliency", "the model failed: java.lang.IllegalStateException: out of memory"));
        return new Explained(new RgbImage(1, 1, new byte[3]), new byte[1], Parameters.read(Map.of()), answer);
    }
}
