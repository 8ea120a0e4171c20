package io.karyoflow.explain.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.explain.explanation.MethodRequest;
import io.karyoflow.explain.faithfulness.Measure;
import io.karyoflow.explain.rendering.Picture;
import io.karyoflow.explain.rendering.PixelMap;
import io.karyoflow.explain.rendering.Scale;
import io.karyoflow.explain.rendering.Sign;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {
    @Test
    void everythingHasADefault() {
        Parameters parameters = Parameters.read(Map.of());

        assertThat(parameters)
                .isEqualTo(new Parameters(
                        List.of(
                                new MethodRequest("saliency"),
                                new MethodRequest("smoothgrad"),
                                new MethodRequest("occlusion")),
                        "predicted",
                        Set.of(Measure.AUC),
                        Picture.BLENDED_HEAT_MAP,
                        Optional.empty(),
                        new ScaleChoice.Own(),
                        false,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void readsAll() {
        Parameters parameters = Parameters.read(Map.of(
                "methods", " occlusion, saliency,,occlusion",
                "options", "{\"occlusion\":{\"strides\":[3,4,4],\"baselines\":0.5}}",
                "target", "1-0",
                "faithfulness", "infidelity,max_sensitivity",
                "picture", "masked_image",
                "sign", "positive",
                "scale", "0.25",
                "channels", "all",
                "panel", "true",
                "filename", "nucleus.png"));
        Optional<ColourStatistics> colours =
                Parameters.read(Map.of("colours", "1,2,3,4,5,6")).colours();

        assertThat(parameters.methods())
                .containsExactly(
                        new MethodRequest("occlusion", Map.of("strides", List.of(3, 4, 4), "baselines", 0.5)),
                        new MethodRequest("saliency"));
        assertThat(colours.orElseThrow().format()).isEqualTo("1.0,2.0,3.0,4.0,5.0,6.0");
        assertThat(parameters.target()).isEqualTo("1-0");
        assertThat(parameters.measures()).containsExactlyInAnyOrder(Measure.INFIDELITY, Measure.MAX_SENSITIVITY);
        assertThat(parameters.picture()).isEqualTo(Picture.MASKED_IMAGE);
        assertThat(parameters.sign()).contains(Sign.POSITIVE);
        assertThat(parameters.scale()).isEqualTo(new ScaleChoice.Given(0.25f));
        assertThat(parameters.allChannels()).isTrue();
        assertThat(parameters.panel()).isTrue();
        assertThat(parameters.filename()).contains("nucleus.png");
        assertThat(Parameters.read(Map.of("model", "m-1")).model()).contains("m-1");
    }

    @Test
    void noneMeasuresNothing() {
        assertThat(Parameters.read(Map.of("faithfulness", "none")).measures()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "method      | saliency                   | known are methods, options",
                "methods     | ','                        | leave it out for saliency,smoothgrad,occlusion",
                "options     | {\"saliency\":1}           | must be a JSON object with an object for each method",
                "options     | [                          | must be a JSON object",
                "options     | null                       | must be a JSON object",
                "options     | {\"saliency\":null}        | must be a JSON object",
                "options     | {\"rise\":{}}              | which is not among methods (saliency, smoothgrad, occlusion)",
                "faithfulness| auc,iou                    | known are auc, infidelity, max_sensitivity, none",
                "picture     | heat                       | known are heat_map, blended_heat_map",
                "sign        | both                       | known are all, positive",
                "scale       | -1                         | a number above 0",
                "scale       | NaN                        | a number above 0",
                "scale       | wide                       | own, shared or a number above 0",
                "channels    | red                        | one of all, sum",
                "panel       | yes                        | one of false, true",
                "colours     | 1,2,3                      | colours: '1,2,3' is not 6 numbers",
                "model       | ' '                        | leave it out for the model that serves"
            })
    void refusesWhatIsNotAllowedAndSaysWhatIs(String name, String value, String reason) {
        assertThatThrownBy(() -> Parameters.read(Map.of(name, value)))
                .isInstanceOf(UnusableRequestException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesBothSignsInAPictureThatCannotShowThem() {
        assertThatThrownBy(() -> Parameters.read(Map.of("picture", "alpha_scaling", "sign", "all")))
                .isInstanceOf(UnusableRequestException.class)
                .hasMessageContaining("choose positive, negative or absolute_value");
    }

    @Test
    void scalesAreOwnSharedByTheSameSignOrGiven() {
        List<PixelMap> maps = List.of(map(1), map(-8), map(3));
        List<Sign> signs = List.of(Sign.ALL, Sign.ALL, Sign.ABSOLUTE_VALUE);

        assertThat(new ScaleChoice.Own().scales(maps, signs))
                .extracting(Scale::limit)
                .containsExactly(1f, 8f, 3f);
        assertThat(new ScaleChoice.Shared().scales(maps, signs))
                .extracting(Scale::limit)
                .containsExactly(8f, 8f, 3f);
        assertThat(new ScaleChoice.Given(5).scales(maps, signs))
                .containsExactly(new Scale(Sign.ALL, 5), new Scale(Sign.ALL, 5), new Scale(Sign.ABSOLUTE_VALUE, 5));
    }

    private static PixelMap map(float value) {
        return new PixelMap(1, 1, new float[] {value});
    }
}
