package io.karyoflow.explain.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.runtime.ImageBatch;
import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.explain.attribution.ExplainableModel;
import io.karyoflow.explain.attribution.InputShape;
import io.karyoflow.explain.attribution.MethodCatalogue;
import io.karyoflow.explain.attribution.OptionDescription;
import io.karyoflow.explain.runtime.ServedExplainableModel;
import io.karyoflow.explain.runtime.SideBySide;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MethodOptionsTest {
    private static final InputShape SHAPE = new InputShape(40, 20, 3);

    private final MethodOptions methods =
            new MethodOptions(new MethodCatalogue(), Map.of("smoothgrad", Map.of("nt_samples", "16")));

    @Test
    void describesWhatIsReallyTheDefaultHere() {
        assertThat(option("smoothgrad", "nt_samples").defaultValue()).isEqualTo(16);
        assertThat(option("vargrad", "nt_samples").defaultValue()).isEqualTo(5);
        assertThat(option("occlusion", "strides").defaultValue()).isNull();
        assertThat(option("integrated_gradients", "method").choices()).contains("gausslegendre", "riemann_trapezoid");
    }

    @Test
    void aRequestGoesBeforeTheConfigurationAndThatBeforeCaptumsDefaults() {
        assertThat(parameters("smoothgrad", Map.of())).containsEntry("nt_samples", 16);
        assertThat(parameters("smoothgrad", Map.of("nt_samples", 3))).containsEntry("nt_samples", 3);
        assertThat(parameters("vargrad", Map.of())).containsEntry("nt_samples", 5);
    }

    @Test
    void occlusionMovesByHalfAWindowUnlessTheWindowIsGiven() {
        assertThat(parameters("occlusion", Map.of())).containsEntry("strides", List.of(3, 4, 2));
        assertThat(parameters("occlusion", Map.of("sliding_window_shapes", List.of(3, 5, 5))))
                .containsEntry("strides", List.of(1, 1, 1));
    }

    @Test
    void aMistakeInTheConfigurationIsFoundAtTheStart() {
        assertThatThrownBy(() ->
                        new MethodOptions(new MethodCatalogue(), Map.of("smoothgrad", Map.of("nt_samples", "many"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("karyoflow.explain.options.smoothgrad.nt_samples is many");
        assertThatThrownBy(
                        () -> new MethodOptions(new MethodCatalogue(), Map.of("smoothgrad", Map.of("samples", "16"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown option samples of smoothgrad");
        assertThatThrownBy(
                        () -> new MethodOptions(new MethodCatalogue(), Map.of("smoothgrad", Map.of("stdevs", "much"))))
                .hasMessageContaining("karyoflow.explain.options.smoothgrad.stdevs");
    }

    @Test
    void whiteIsWhatTheModelSeesOfGlass() {
        ExplainableModel model = new ServedExplainableModel(
                new LinearServedModel() {
                    @Override
                    public float[] preprocess(ImageBatch images) {
                        float[] inputs = super.preprocess(images);
                        for (int i = 0; i < inputs.length; i++) {
                            inputs[i] = inputs[i] * (2 + i % 3) - 0.5f;
                        }
                        return inputs;
                    }
                },
                new SideBySide(1));

        Map<String, Object> parameters = methods.over(
                        new MethodRequest("integrated_gradients", Map.of("baselines", "white")), model)
                .parameters();

        assertThat(parameters).containsEntry("baselines", List.of(1.5f, 2.5f, 3.5f));
    }

    @Test
    void glassIsSeenAsOnTheSlideOfTheImages() {
        ServedModel model = new LinearServedModel(LinearServedModel.OF_SLIDES);
        ColourStatistics colours =
                new ColourStatistics(new float[] {0.25f, 0.5f, 0.75f}, new float[] {0.2f, 0.2f, 0.2f});

        assertThat(new ServedExplainableModel(model, new SideBySide(1), colours).white())
                .containsExactly(0.75f, 0.5f, 0.25f);
        assertThat(new ServedExplainableModel(model, new SideBySide(1)).white()).containsExactly(0.5f, 0.5f, 0.5f);
    }

    @Test
    void slowMethodsHaveALaneOfTheirOwn() {
        assertThat(methods.lane("saliency")).contains(Lane.QUICK);
        assertThat(methods.lane("integrated_gradients")).contains(Lane.QUICK);
        assertThat(methods.lane("occlusion")).contains(Lane.SLOW);
        assertThat(methods.lane("rise")).contains(Lane.SLOW);
        assertThat(methods.lane("tea-leaves")).isEmpty();
    }

    @Test
    void aQuickMethodIsSlowWhenItRunsAnotherManyTimes() {
        Map<String, Object> integrated = Map.of("attribution_method", "integrated_gradients");
        MethodOptions configured = new MethodOptions(
                new MethodCatalogue(), Map.of("vargrad", Map.of("attribution_method", "\"integrated_gradients\"")));

        assertThat(methods.lane(new MethodRequest("smoothgrad", integrated))).contains(Lane.SLOW);
        assertThat(methods.lane(new MethodRequest("smoothgrad", Map.of("attribution_method", "input_x_gradient"))))
                .contains(Lane.QUICK);
        assertThat(configured.lane("vargrad")).contains(Lane.SLOW);
    }

    private Map<String, Object> parameters(String method, Map<String, Object> options) {
        return methods.over(new MethodRequest(method, options), SHAPE).parameters();
    }

    private OptionDescription option(String method, String name) {
        return methods.describe().stream()
                .filter(description -> description.name().equals(method))
                .flatMap(description -> description.options().stream())
                .filter(option -> option.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
