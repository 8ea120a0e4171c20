package io.karyoflow.explain.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.Png;
import io.karyoflow.common.message.Attribution;
import io.karyoflow.common.message.ExplanationRequested;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.DeadLetters;
import io.karyoflow.common.messaging.ImageRecords;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.explain.attribution.MethodCatalogue;
import io.karyoflow.explain.explanation.ExplainImages;
import io.karyoflow.explain.explanation.Lane;
import io.karyoflow.explain.explanation.LinearServedModel;
import io.karyoflow.explain.explanation.MethodOptions;
import io.karyoflow.explain.recent.RecentRequest;
import io.karyoflow.explain.recent.RecentRequests;
import io.karyoflow.explain.runtime.SideBySide;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerRequestsTest {
    private static final int GREEN = LinearServedModel.CLASSES.indexOf("green");
    private static final byte[] MOSTLY_GREEN = image(new Color(51, 204, 102));
    private static final byte[] NO_IMAGE = "this is no image".getBytes(StandardCharsets.UTF_8);

    private LinearServedModel model = new LinearServedModel();
    private boolean isStored = true;
    private final ServedModels<ServedModel> models = new ServedModels<>(this::bundle, bundle -> model);
    private final SideBySide sideBySide = new SideBySide(1);
    private final RecentRequests recent = new RecentRequests();

    @AfterEach
    void close() {
        models.close();
    }

    @Test
    void explainsTheLabelEvenIfTheModelByItselfWouldSayAnother() {
        int blue = LinearServedModel.CLASSES.indexOf("blue");

        Attribution attribution = attribution(request(MOSTLY_GREEN, blue, "input_x_gradient"));

        assertThat(attribution.targetClass()).isEqualTo(blue);
        assertThat(attribution.targetClassName()).isEqualTo("blue");
        assertThat(attribution.score()).isCloseTo(0.4, within(1e-6));
        assertThat(attribution.probability()).isLessThan(0.34);
        assertThat(recent.newestFirst())
                .singleElement()
                .extracting(RecentRequest::className)
                .isEqualTo("blue");
    }

    @Test
    void explainsWhatTheModelSaysWhereTheLabelIsNotNamed() {
        assertThat(attribution(request(MOSTLY_GREEN, null, "saliency")).targetClass())
                .isEqualTo(GREEN);
    }

    @Test
    void anImageIsSeenByTheColoursByWhichItsLabelWasMade() {
        model = new LinearServedModel(LinearServedModel.OF_SLIDES);
        ColourStatistics colours = new ColourStatistics(new float[] {0.1f, 0.5f, 0.3f}, new float[] {0.2f, 0.2f, 0.2f});

        assertThat(attribution(request(MOSTLY_GREEN, GREEN, colours, "saliency"))
                        .score())
                .isCloseTo(0.8 - 0.5, within(1e-6));
        assertThat(attribution(request(MOSTLY_GREEN, GREEN, "saliency")).score())
                .as("without colours, by its own")
                .isCloseTo(0.8 + Math.log(0.8), within(1e-6));
    }

    @Test
    void anAttributionSaysWhereOnItsSlideTheImageIs() {
        assertThat(attribution(request(onSlide("slide7", 300L, -4L))))
                .extracting(Attribution::slide, Attribution::x, Attribution::y)
                .containsExactly("slide7", 300L, -4L);
        assertThat(attribution(request(onSlide(null, null, null))))
                .extracting(Attribution::slide, Attribution::x, Attribution::y)
                .containsOnlyNulls();
    }

    @Test
    void aLabelThatIsNoClassOfTheModelIsADeadLetter() {
        assertThat(answers(Lane.QUICK, request(MOSTLY_GREEN, 3, "input_x_gradient")))
                .singleElement()
                .satisfies(letter -> assertThat(reason(letter)).startsWith("input_x_gradient: "));
    }

    @Test
    void anImageThatCannotBeDecodedIsOneDeadLetterOfAllLanes() {
        assertThat(answersOfAllLanes(request(NO_IMAGE, GREEN, "saliency", "occlusion")))
                .singleElement()
                .satisfies(letter -> assertThat(reason(letter)).contains("not an image"));
        assertThat(answersOfAllLanes(request(NO_IMAGE, GREEN, "occlusion"))).hasSize(1);
        assertThat(answersOfAllLanes(request(NO_IMAGE, GREEN, "saliency"))).hasSize(1);
    }

    @Test
    void ofAModelThatIsGoneEachLaneSaysByWhichMethodsItCouldNotExplain() {
        isStored = false;

        assertThat(answersOfAllLanes(request(MOSTLY_GREEN, GREEN, "occlusion", "saliency", "rise")))
                .extracting(AnswerRequestsTest::reason)
                .containsExactlyInAnyOrder(
                        "saliency: model linear, which made the label, cannot be loaded: the model store does not have it",
                        "occlusion, rise: model linear, which made the label, cannot be loaded: the model store does not"
                                + " have it");
    }

    @Test
    void aDeadLetterSaysWhichMethodsItIsAbout() {
        assertThat(answersOfAllLanes(request(NO_IMAGE, GREEN, "occlusion", "tea-leaves", "saliency")))
                .extracting(AnswerRequestsTest::methods)
                .containsExactlyInAnyOrder("tea-leaves", "occlusion,saliency");
        assertThat(answers(Lane.QUICK, request(MOSTLY_GREEN, GREEN, "saliency", "grad_cam")))
                .filteredOn(answer -> !answer.topic().equals(Topics.ATTRIBUTIONS))
                .as("the model has no convolution")
                .extracting(AnswerRequestsTest::methods)
                .containsExactly("grad_cam");
        isStored = false;
        assertThat(answersOfAllLanes(request(MOSTLY_GREEN, GREEN, "occlusion", "saliency", "rise")))
                .extracting(AnswerRequestsTest::methods)
                .containsExactlyInAnyOrder("saliency", "occlusion,rise");
    }

    @Test
    void ofARequestThatCannotBeReadNobodyKnowsTheMethods() {
        ConsumerRecord<String, byte[]> request = request(MOSTLY_GREEN, GREEN, "saliency");
        request.headers().remove("ce_model");

        assertThat(answersOfAllLanes(request)).singleElement().satisfies(letter -> assertThat(
                        letter.headers().lastHeader(DeadLetters.METHODS))
                .isNull());
    }

    private static String methods(ProducerRecord<String, byte[]> letter) {
        return new String(letter.headers().lastHeader(DeadLetters.METHODS).value(), StandardCharsets.UTF_8);
    }

    private Optional<ModelBundle> bundle(String id) {
        return isStored ? Optional.of(new ModelBundle(id, model.description(), "00", new byte[0])) : Optional.empty();
    }

    private Attribution attribution(ConsumerRecord<String, byte[]> request) {
        List<ProducerRecord<String, byte[]>> answers = answers(Lane.QUICK, request);
        assertThat(answers).extracting(ProducerRecord::topic).containsExactly(Topics.ATTRIBUTIONS);
        return MessageJson.read(answers.get(0).value(), Attribution.class);
    }

    private List<ProducerRecord<String, byte[]>> answersOfAllLanes(ConsumerRecord<String, byte[]> request) {
        return Stream.of(Lane.values())
                .flatMap(lane -> answers(lane, request).stream())
                .toList();
    }

    private List<ProducerRecord<String, byte[]>> answers(Lane lane, ConsumerRecord<String, byte[]> request) {
        MethodOptions methods = new MethodOptions(new MethodCatalogue(), Map.of());
        AnswerRequests answerRequests = new AnswerRequests(
                lane,
                methods,
                models,
                new ExplainImages(methods, sideBySide),
                new ImageDecoder(1000),
                new ExplainMetrics(new SimpleMeterRegistry()),
                recent);
        TopicPartition partition = new TopicPartition(request.topic(), request.partition());
        ExplainAnswers answers =
                answerRequests.answer(new ConsumerRecords<>(Map.of(partition, List.of(request)), Map.of()));
        answers.committed();
        return answers.records().toList();
    }

    private static ConsumerRecord<String, byte[]> request(byte[] image, Integer label, String... methods) {
        return request(image, label, null, methods);
    }

    private static ConsumerRecord<String, byte[]> request(
            byte[] image, Integer label, ColourStatistics colours, String... methods) {
        PredictionRequest request = new PredictionRequest(
                "r", "r.png", null, null, null, colours, Arrays.asList(methods), "image/png", image);
        return request(new ExplanationRequested(request, "linear", label, Instant.now()));
    }

    private static ExplanationRequested onSlide(String slide, Long x, Long y) {
        PredictionRequest request =
                new PredictionRequest("r", "r.png", slide, x, y, null, List.of("saliency"), "image/png", MOSTLY_GREEN);
        return new ExplanationRequested(request, "linear", GREEN, Instant.now());
    }

    private static ConsumerRecord<String, byte[]> request(ExplanationRequested requested) {
        ProducerRecord<String, byte[]> sent = ImageRecords.of(requested, "inference");
        ConsumerRecord<String, byte[]> received = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(received.headers()::add);
        return received;
    }

    private static byte[] image(Color colour) {
        BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < 4; pixel++) {
            image.setRGB(pixel % 2, pixel / 2, colour.getRGB());
        }
        return Png.encode(image);
    }

    private static String reason(ProducerRecord<String, byte[]> letter) {
        return new String(letter.headers().lastHeader(DeadLetters.REASON).value(), StandardCharsets.UTF_8);
    }
}
