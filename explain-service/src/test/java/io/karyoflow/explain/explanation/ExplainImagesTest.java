package io.karyoflow.explain.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.RgbImage;
import io.karyoflow.common.message.Attribution;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.message.Sha256;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ExplainImagesTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final LinearServedModel model = new LinearServedModel();
    private final ExplainImages explainImages =
            new ExplainImages(new ImageDecoder(100), defaultConfiguration(), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void explainsThePredictedClassByEachMethodAskedFor() throws Exception {
        PredictionRequest request = request("r", png(2, 2, 51, 204, 102), "saliency", "smoothgrad", "occlusion");

        List<Attribution> attributions =
                explained(explainImages.explain(model, List.of(request)).get(0));

        assertThat(attributions).extracting(Attribution::method).containsExactly("saliency", "smoothgrad", "occlusion");
        assertThat(attributions).allSatisfy(attribution -> {
            assertThat(attribution.requestId()).isEqualTo("r");
            assertThat(attribution.imageId()).isEqualTo(Sha256.of(request.bytes()));
            assertThat(attribution.filename()).isEqualTo("r.png");
            assertThat(attribution.targetClass()).isEqualTo(1);
            assertThat(attribution.targetClassName()).isEqualTo("green");
            assertThat(attribution.score()).isCloseTo(0.8, within(1e-6));
            assertThat(attribution.probability())
                    .isCloseTo(Math.exp(0.8) / (Math.exp(0.2) + Math.exp(0.8) + Math.exp(0.4)), within(1e-6));
            assertThat(attribution.shape()).containsExactly(1, 1);
            assertThat(attribution.modelId()).isEqualTo("linear");
            assertThat(attribution.explainedAt()).isEqualTo(NOW);
            assertThat(attribution.computeMillis()).isNotNegative();
        });
        // the gradient of green is 1 for green and 0 else; hiding the only pixel costs the whole logit
        assertThat(map(attributions.get(0))).containsExactly(1);
        assertThat(map(attributions.get(1))).containsExactly(1);
        assertThat(map(attributions.get(2))).usingComparatorWithPrecision(1e-6f).containsExactly(0.8f);
    }

    @Test
    void drawsOverTheImageInItsOwnSize() throws Exception {
        Answer answer = explainImages
                .explain(model, List.of(request("r", png(3, 5, 255, 0, 0), "saliency")))
                .get(0);

        byte[] overlay = Base64.getDecoder().decode(explained(answer).get(0).overlayPng());

        RgbImage decoded = new ImageDecoder(100).decode(overlay).image();
        assertThat(List.of(decoded.height(), decoded.width())).containsExactly(3, 5);
    }

    @Test
    void saysWhatTheMethodsWereSetTo() throws Exception {
        Answer answer = explainImages
                .explain(model, List.of(request("r", png(2, 2, 255, 0, 0), "smoothgrad", "occlusion")))
                .get(0);

        assertThat(explained(answer).get(0).parameters())
                .containsEntry("abs", true)
                .containsEntry("nt_type", "smoothgrad")
                .containsEntry("nt_samples", 16)
                .containsEntry("seed", 0L)
                .hasEntrySatisfying(
                        "stdevs", stdevs -> assertThat((double) stdevs).isCloseTo(0.3, within(1e-6)));
        assertThat(explained(answer).get(1).parameters())
                .isEqualTo(Map.of(
                        "sliding_window_shapes", List.of(3, 1, 1), "strides", List.of(3, 1, 1), "baselines", 0f));
    }

    @Test
    void answersEachOfManyInOrderWhateverTheirSizes() throws Exception {
        List<PredictionRequest> requests = List.of(
                request("a", png(2, 2, 255, 0, 0), "saliency"),
                request("b", png(4, 3, 0, 255, 0), "occlusion"),
                request("c", png(2, 2, 0, 0, 255), "saliency", "occlusion"));

        List<Answer> answers = explainImages.explain(model, requests);

        assertThat(answers)
                .flatExtracting(ExplainImagesTest::explained)
                .extracting(Attribution::requestId, Attribution::method, Attribution::targetClassName)
                .containsExactly(
                        tuple("a", "saliency", "red"),
                        tuple("b", "occlusion", "green"),
                        tuple("c", "saliency", "blue"),
                        tuple("c", "occlusion", "blue"));
        assertThat(model.classifiedAtOnce).containsExactly(2, 1);
    }

    @Test
    void refusesAnUnknownMethodAndNamesTheKnownOnes() throws Exception {
        List<Answer> answers = explainImages.explain(
                model,
                List.of(
                        request("a", png(2, 2, 255, 0, 0), "saliency", "tea-leaves"),
                        request("b", png(2, 2, 255, 0, 0), "saliency")));

        assertThat(answers.get(0))
                .isEqualTo(new Answer.Refused("unknown attribution method 'tea-leaves' in the header ce_explain; known"
                        + " are saliency, smoothgrad, occlusion"));
        assertThat(explained(answers.get(1))).hasSize(1);
    }

    @Test
    void refusesWhatIsNoImage() {
        Answer answer = explainImages
                .explain(model, List.of(request("r", "no image".getBytes(), "saliency")))
                .get(0);

        assertThat(((Answer.Refused) answer).reason()).contains("not an image");
    }

    @Test
    void refusesOnlyTheRequestThatTheModelFailsOn() throws Exception {
        model.failsOnBlue = true;

        List<Answer> answers = explainImages.explain(
                model,
                List.of(
                        request("a", png(2, 2, 255, 0, 0), "saliency"),
                        request("b", png(2, 2, 0, 0, 255), "saliency"),
                        request("c", png(2, 2, 0, 255, 0), "saliency")));

        assertThat(explained(answers.get(0))).hasSize(1);
        assertThat(((Answer.Refused) answers.get(1)).reason())
                .isEqualTo("model linear could not explain it: java.lang.IllegalStateException: blue is too much");
        assertThat(explained(answers.get(2))).hasSize(1);
    }

    private static List<Attribution> explained(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Explained.class);
        return ((Answer.Explained) answer).attributions();
    }

    private static float[] map(Attribution attribution) {
        byte[] bytes = Base64.getDecoder().decode(attribution.map());
        float[] map = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(map);
        return map;
    }

    private static PredictionRequest request(String id, byte[] bytes, String... methods) {
        return new PredictionRequest(id, id + ".png", null, null, null, List.of(methods), "image/png", bytes);
    }

    private static byte[] png(int height, int width, int red, int green, int blue) throws IOException {
        byte[] rgb = new byte[height * width * 3];
        for (int at = 0; at < rgb.length; at += 3) {
            rgb[at] = (byte) red;
            rgb[at + 1] = (byte) green;
            rgb[at + 2] = (byte) blue;
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new RgbImage(height, width, rgb).toBufferedImage(), "png", png);
        return png.toByteArray();
    }

    private static ExplanationConfiguration defaultConfiguration() {
        SmallRyeConfig configuration = new SmallRyeConfigBuilder()
                .withMapping(ExplanationConfiguration.class)
                .build();
        return configuration.getConfigMapping(ExplanationConfiguration.class);
    }
}
