package io.karyoflow.explain.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.image.RgbImage;
import io.karyoflow.common.model.ImageSizes;
import io.karyoflow.common.runtime.ImageBatch;
import io.karyoflow.explain.attribution.MethodCatalogue;
import io.karyoflow.explain.attribution.Target;
import io.karyoflow.explain.rendering.Sign;
import io.karyoflow.explain.runtime.SideBySide;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExplainImagesTest {
    private static final ColourStatistics COLOURS =
            new ColourStatistics(new float[] {0.1f, 0.5f, 0.3f}, new float[] {0.2f, 0.2f, 0.2f});

    private final LinearServedModel model = new LinearServedModel();
    private final MethodOptions methods =
            new MethodOptions(new MethodCatalogue(), Map.of("smoothgrad", Map.of("nt_samples", "16", "stdevs", "0.3")));
    private final ExplainImages explainImages = new ExplainImages(methods, new SideBySide(2));

    @Test
    void explainsThePredictedClassByEachMethodAskedFor() {
        ExplainedImage explained = explain(question(image(2, 2, 51, 204, 102), "occlusion", "saliency", "smoothgrad"));

        assertThat(explained.modelId()).isEqualTo("linear");
        assertThat(explained.classes()).isEqualTo(LinearServedModel.CLASSES);
        assertThat(explained.predicted()).isEqualTo(1);
        assertThat(explained.target()).isEqualTo(Target.ofClass(1));
        assertThat(explained.logits()[1]).isCloseTo(0.8f, within(1e-6f));
        assertThat((double) explained.probabilities()[1])
                .isCloseTo(Math.exp(0.8) / (Math.exp(0.2) + Math.exp(0.8) + Math.exp(0.4)), within(1e-6));
        assertThat(explained.failures()).isEmpty();
        assertThat(explained.explanations())
                .extracting(Explanation::method, Explanation::sign)
                .containsExactly(
                        tuple("occlusion", Sign.ALL),
                        tuple("saliency", Sign.ABSOLUTE_VALUE),
                        tuple("smoothgrad", Sign.ABSOLUTE_VALUE));
        // hiding the only pixel costs the whole logit; the gradient of green is 1 for green and 0 else
        assertThat(explained.explanations().get(0).perPixel())
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(0.8f);
        assertThat(explained.explanations().get(1).perPixel()).containsExactly(1);
        assertThat(explained.explanations().get(2).perPixel()).containsExactly(1);
    }

    @Test
    void saysThatAnImageIsOfAnotherSizeThanTheModelLearnedFrom() {
        assertThat(explain(question(image(2, 2, 51, 204, 102), "saliency")).warning())
                .isNull();
        model.sizes = new ImageSizes(4, 4, 4, 4);

        assertThat(explain(question(image(2, 2, 51, 204, 102), "saliency")).warning())
                .contains("2 x 2 pixels")
                .contains("4 x 4;");
        assertThat(explain(question(image(4, 4, 51, 204, 102), "saliency")).warning())
                .isNull();
    }

    @Test
    void explainsAnotherTargetWhenItIsAskedFor() {
        Question question = new Question(
                image(2, 2, 51, 204, 102),
                Optional.empty(),
                List.of(new MethodRequest("input_x_gradient")),
                Optional.of(Target.difference(1, 0)),
                Set.of());

        ExplainedImage explained = explain(question);

        assertThat(explained.predicted()).isEqualTo(1);
        assertThat(explained.target()).isEqualTo(Target.difference(1, 0));
        assertThat(explained.explanations().get(0).map().values())
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(-0.2f, 0.8f, 0f);
    }

    @Test
    void requestsOverrideTheConfigurationWhichOverridesCaptumsDefaults() {
        Question question = new Question(
                image(2, 2, 255, 0, 0),
                Optional.empty(),
                List.of(new MethodRequest("smoothgrad", Map.of("stdevs", 0.5)), new MethodRequest("occlusion")),
                Optional.empty(),
                Set.of());

        List<Explanation> explanations = explain(question).explanations();

        assertThat(explanations.get(0).parameters())
                .containsEntry("abs", true)
                .containsEntry("nt_type", "smoothgrad")
                .containsEntry("nt_samples", 16)
                .hasEntrySatisfying("stdevs", stdevs -> assertThat(((Number) stdevs).doubleValue())
                        .isEqualTo(0.5));
        assertThat(explanations.get(1).parameters())
                .containsEntry("sliding_window_shapes", List.of(3, 1, 1))
                .containsEntry("strides", List.of(3, 1, 1));
    }

    @Test
    void answersEachOfManyInOrderWhateverTheirSizes() {
        List<ExplainedImage> explained = explainImages.explain(
                model,
                List.of(
                        question(image(2, 2, 255, 0, 0), "saliency"),
                        question(image(4, 3, 0, 255, 0), "occlusion"),
                        question(image(2, 2, 0, 0, 255), "saliency", "occlusion")));

        assertThat(explained).extracting(ExplainedImage::predicted).containsExactly(0, 1, 2);
        assertThat(explained)
                .extracting(one ->
                        one.explanations().stream().map(Explanation::method).toList())
                .containsExactly(List.of("saliency"), List.of("occlusion"), List.of("saliency", "occlusion"));
        assertThat(model.classified).extracting(ImageBatch::count).containsExactly(2, 1);
    }

    /** A mask that hides nothing: RISE says how probable the class is. */
    @Test
    void mapsAreOfTheProbabilityThatIsReported() {
        model.temperature = 0.1;
        Question question = new Question(
                image(2, 2, 51, 204, 102),
                Optional.empty(),
                List.of(new MethodRequest("rise", Map.of("p", 1, "n_masks", 1))),
                Optional.empty(),
                Set.of());

        ExplainedImage explained = explain(question);

        assertThat(explained.probabilities()[1]).isGreaterThan(0.9f);
        assertThat(explained.explanations().get(0).perPixel())
                .containsExactly(new float[] {explained.probabilities()[1]}, within(1e-6f));
    }

    @Test
    void anImageIsSeenByTheColoursGivenAndElseByItsOwn() {
        LinearServedModel ofSlides = new LinearServedModel(LinearServedModel.OF_SLIDES);
        RgbImage image = image(2, 2, 51, 204, 102);

        List<ExplainedImage> explained = explainImages.explain(
                ofSlides, List.of(question(image, COLOURS, "input_x_gradient"), question(image, "input_x_gradient")));

        // 0.2, 0.8 and 0.4 as they are, less by the mean colours
        assertThat(explained.get(0).logits()).containsExactly(new float[] {0.1f, 0.3f, 0.1f}, within(1e-6f));
        assertThat(explained.get(0).explanations().get(0).map().values())
                .containsExactly(new float[] {0, 0.3f, 0}, within(1e-6f));
        float[] own = {0.2f + (float) Math.log(0.2), 0.8f + (float) Math.log(0.8), 0.4f + (float) Math.log(0.4)};
        assertThat(explained.get(1).logits()).containsExactly(own, within(1e-6f));
        assertThat(explained.get(1).explanations().get(0).map().values())
                .containsExactly(new float[] {0, own[1], 0}, within(1e-6f));
    }

    @Test
    void eachImageIsToldAgainstTheWhiteOfItsOwnSlide() {
        LinearServedModel ofSlides = new LinearServedModel(LinearServedModel.OF_SLIDES);
        RgbImage image = image(2, 2, 51, 204, 102);
        ColourStatistics pale = new ColourStatistics(new float[] {0.25f, 0.25f, 0.25f}, new float[] {0.2f, 0.2f, 0.2f});

        List<ExplainedImage> explained =
                explainImages.explain(ofSlides, List.of(againstWhite(image, COLOURS), againstWhite(image, pale)));

        assertThat(explained)
                .extracting(one -> one.explanations().get(0).parameters().get("baselines"))
                .containsExactly(List.of(1 - 0.1f, 1 - 0.5f, 1 - 0.3f), List.of(0.75f, 0.75f, 0.75f));
    }

    private static Question againstWhite(RgbImage image, ColourStatistics colours) {
        return new Question(
                image,
                Optional.of(colours),
                List.of(new MethodRequest("integrated_gradients", Map.of("baselines", "white"))),
                Optional.empty(),
                Set.of());
    }

    @Test
    void aModelThatDoesNotSeeSlidesIsGivenTheUsualColours() {
        RgbImage image = image(2, 2, 51, 204, 102);

        explainImages.explain(model, List.of(question(image, COLOURS, "saliency"), question(image, "saliency")));

        assertThat(model.classified)
                .singleElement()
                .extracting(ImageBatch::colours)
                .isEqualTo(new float[] {0.5f, 0.5f, 0.5f, 0.3f, 0.3f, 0.3f, 0.5f, 0.5f, 0.5f, 0.3f, 0.3f, 0.3f});
    }

    @Test
    void anUnknownMethodOrOptionFailsAloneAndSaysWhatIsKnown() {
        Question question = new Question(
                image(2, 2, 255, 0, 0),
                Optional.empty(),
                List.of(
                        new MethodRequest("saliency"),
                        new MethodRequest("tea-leaves"),
                        new MethodRequest("occlusion", Map.of("stride", 1))),
                Optional.empty(),
                Set.of());

        ExplainedImage explained = explain(question);

        assertThat(explained.explanations()).extracting(Explanation::method).containsExactly("saliency");
        assertThat(explained.failures()).containsOnlyKeys("tea-leaves", "occlusion");
        assertThat(explained.failures().get("tea-leaves")).contains("known are saliency, input_x_gradient");
        assertThat(explained.failures().get("occlusion"))
                .contains("unknown option stride")
                .contains("strides");
    }

    @Test
    void aModelWithoutGradientsStillAnswersByHiding() {
        model.givesGradients = false;

        ExplainedImage explained = explain(question(image(2, 2, 255, 0, 0), "saliency", "grad_cam", "occlusion"));

        assertThat(explained.explanations()).extracting(Explanation::method).containsExactly("occlusion");
        assertThat(explained.failures()).containsOnlyKeys("saliency", "grad_cam");
        assertThat(explained.failures().get("saliency")).contains("occlusion and rise still work");
    }

    @Test
    void failsOnlyForTheImageThatTheModelFailsOn() {
        model.failsOnBlue = true;

        List<ExplainedImage> explained = explainImages.explain(
                model,
                List.of(
                        question(image(2, 2, 255, 0, 0), "saliency"),
                        question(image(2, 2, 0, 0, 255), "saliency"),
                        question(image(2, 2, 0, 255, 0), "saliency")));

        assertThat(explained).extracting(one -> one.explanations().size()).containsExactly(1, 0, 1);
        assertThat(explained.get(1).failures())
                .containsEntry("saliency", "the model failed: java.lang.IllegalStateException: blue is too much");
    }

    @Test
    void failsOnlyForTheImageWhoseTargetIsNoClassOfTheModel() {
        RgbImage image = image(2, 2, 255, 0, 0);
        Question wrong = new Question(
                image,
                Optional.empty(),
                List.of(new MethodRequest("occlusion")),
                Optional.of(Target.ofClass(7)),
                Set.of());

        List<ExplainedImage> explained = explainImages.explain(model, List.of(question(image, "occlusion"), wrong));

        assertThat(explained).extracting(one -> one.explanations().size()).containsExactly(1, 0);
        assertThat(explained.get(1).failures())
                .containsEntry("occlusion", "class 7 is none of the model's 3 classes, numbered from 0");
    }

    private ExplainedImage explain(Question question) {
        return explainImages.explain(model, List.of(question)).get(0);
    }

    private static Question question(RgbImage image, String... methods) {
        return question(image, null, methods);
    }

    private static Question question(RgbImage image, ColourStatistics colours, String... methods) {
        return new Question(
                image,
                Optional.ofNullable(colours),
                Arrays.stream(methods).map(MethodRequest::new).toList(),
                Optional.empty(),
                Set.of());
    }

    private static RgbImage image(int height, int width, int red, int green, int blue) {
        byte[] rgb = new byte[height * width * 3];
        for (int at = 0; at < rgb.length; at += 3) {
            rgb[at] = (byte) red;
            rgb[at + 1] = (byte) green;
            rgb[at + 2] = (byte) blue;
        }
        return new RgbImage(height, width, rgb);
    }
}
