package io.karyoflow.explain.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MethodCatalogueTest {
    private static final InputShape SHAPE = new InputShape(48, 40, 3);

    private final MethodCatalogue catalogue = new MethodCatalogue();

    static List<String> names() {
        return new MethodCatalogue().names();
    }

    @Test
    void knowsAllMethods() {
        assertThat(catalogue.names())
                .containsExactly(
                        "saliency",
                        "input_x_gradient",
                        "integrated_gradients",
                        "smoothgrad",
                        "smoothgrad_sq",
                        "vargrad",
                        "occlusion",
                        "grad_cam",
                        "rise");
    }

    @Test
    void makesThemWithCaptumsDefaults() {
        assertThat(create("saliency")).isEqualTo(Saliency.DEFAULTS);
        assertThat(create("input_x_gradient")).isEqualTo(InputXGradient.DEFAULTS);
        assertThat(create("integrated_gradients")).isEqualTo(IntegratedGradients.DEFAULTS);
        assertThat(create("grad_cam")).isEqualTo(GradCam.DEFAULTS);
        assertThat(create("smoothgrad")).isEqualTo(new NoiseTunnel(Saliency.DEFAULTS, Noise.seeded(0)));
        assertThat(create("vargrad").parameters()).containsEntry("nt_type", "vargrad");
    }

    @Test
    void choosesWhatCaptumLeavesOpenByTheInputsSize() {
        assertThat(create("occlusion")).isEqualTo(new Occlusion(new Occlusion.Steps(3, 10, 8)));
        assertThat(create("rise").parameters()).containsEntry("n_cells", 7);
        assertThat(catalogue.create("rise", Map.of(), new InputShape(6, 9, 3)).parameters())
                .containsEntry("n_cells", 3);
    }

    @Test
    void readsOptionsAsJsonHasThem() {
        AttributionMethod occlusion = catalogue.create(
                "occlusion",
                Map.of(
                        "sliding_window_shapes",
                        List.of(3, 5L, 5.0),
                        "strides",
                        List.of(3, 2, 2),
                        "baselines",
                        "white",
                        "perturbations_per_eval",
                        4),
                SHAPE);

        assertThat(occlusion)
                .isEqualTo(new Occlusion(
                        new Occlusion.Steps(3, 5, 5),
                        new Occlusion.Steps(3, 2, 2),
                        Baseline.white(),
                        BatchSize.DEFAULT.atMost(4)));
    }

    @Test
    void passesOptionsOnToTheMethodInsideANoiseTunnel() {
        NoiseTunnel tunnel = (NoiseTunnel) catalogue.create(
                "smoothgrad_sq",
                Map.of(
                        "attribution_method",
                        "integrated_gradients",
                        "n_steps",
                        8,
                        "method",
                        "riemann_right",
                        "nt_samples",
                        3,
                        "stdevs",
                        0.15,
                        "stdevs_relative",
                        true,
                        "seed",
                        5),
                SHAPE);

        assertThat(tunnel)
                .isEqualTo(new NoiseTunnel(
                        new IntegratedGradients(
                                Baseline.zero(), 8, IntegrationRule.RIEMANN_RIGHT, true, BatchSize.DEFAULT),
                        NoiseType.SMOOTHGRAD_SQ,
                        3,
                        Stdevs.relativeToRange(0.15),
                        Noise.seeded(5),
                        BatchSize.DEFAULT));
    }

    @Test
    void refusesANoiseTunnelThatWouldNeverEnd() {
        assertThat(tunnelOfGradients(400, 50).parameters()).containsEntry("nt_samples", 400);
        assertThatThrownBy(() -> tunnelOfGradients(1000, 1000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nt_samples (1000) times n_steps (1000) gradients are more than 20000; lower one of them");
    }

    private AttributionMethod tunnelOfGradients(int samples, int steps) {
        return catalogue.create(
                "smoothgrad",
                Map.of("attribution_method", "integrated_gradients", "nt_samples", samples, "n_steps", steps),
                SHAPE);
    }

    @Test
    void readsEveryKindOfBaseline() {
        assertThat(baseline("zero")).isEqualTo(Baseline.zero());
        assertThat(baseline("white")).isEqualTo(Baseline.white());
        assertThat(baseline(-0.25)).isEqualTo(Baseline.constant(-0.25f));
        assertThat(baseline("mean_colour")).isEqualTo(Baseline.meanColour());
        assertThat(baseline("blurred")).isEqualTo(Baseline.blurred(4));
        assertThat(baseline("blurred:2.5")).isEqualTo(Baseline.blurred(2.5));
        assertThat(baseline(List.of(0.5, 0, -1)).parameter()).isEqualTo(List.of(0.5f, 0f, -1f));
    }

    /** What {@code parameters()} says can be given back to the catalogue. */
    @ParameterizedTest
    @MethodSource("names")
    void parametersMakeTheSameMethodAgain(String name) {
        AttributionMethod method = create(name);
        assertThat(method.name()).isEqualTo(name);
        Map<String, Object> parameters = new HashMap<>(method.parameters());
        parameters.remove("nt_type"); // the name says it

        assertThat(catalogue.create(name, parameters, SHAPE).parameters()).isEqualTo(method.parameters());
    }

    @ParameterizedTest
    @MethodSource("names")
    void describedDefaultsAreTheDefaults(String name) {
        Map<String, Object> defaults = new HashMap<>();
        for (OptionDescription option : catalogue.describe(name).options()) {
            assertThat(option.help()).isNotBlank();
            assertThat(option.range()).isNotBlank();
            boolean ofSaliency =
                    !option.help().startsWith("of ") || option.help().startsWith("of saliency");
            if (option.defaultValue() != null && ofSaliency) {
                defaults.put(option.name(), option.defaultValue());
            }
        }

        assertThat(catalogue.create(name, defaults, SHAPE)).isEqualTo(create(name));
    }

    @Test
    void saysWhatAMethodNeedsAndWhetherItIsSlow() {
        assertThat(catalogue.describe())
                .filteredOn(MethodDescription::slow)
                .extracting(MethodDescription::name)
                .containsExactly("occlusion", "rise");
        assertThat(catalogue.describe())
                .filteredOn(method -> !method.needsGradients() && !method.needsActivations())
                .extracting(MethodDescription::name)
                .containsExactly("occlusion", "rise");
        assertThat(catalogue.describe("grad_cam").needsActivations()).isTrue();
    }

    @Test
    void refusesWhatItDoesNotKnowAndSaysWhatItKnows() {
        assertThatThrownBy(() -> create("tea_leaves"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("unknown attribution method 'tea_leaves'; known are saliency, ");
        assertThatThrownBy(() -> catalogue.create("saliency", Map.of("n_steps", 1), SHAPE))
                .hasMessage("unknown option n_steps of saliency; known are abs (true or false)");
        assertThatThrownBy(() -> catalogue.create("input_x_gradient", Map.of("abs", true), SHAPE))
                .hasMessage("unknown option abs of input_x_gradient; it has none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "saliency             | abs       | 1     | option abs must be true or false, not 1",
                "integrated_gradients | n_steps   | 0     | option n_steps must be an integer from 1 to 1000, not 0",
                "integrated_gradients | n_steps   | 1.5   | option n_steps must be an integer from 1 to 1000, not 1.5",
                "integrated_gradients | baselines | blue  | option baselines must be a number, zero, white, ",
                "integrated_gradients | baselines | blurred:0 | option baselines must be a number, zero, white, ",
                "smoothgrad           | stdevs    | -1    | option stdevs must be a number from 0 to 100, not -1",
                "rise                 | p         | 0     | option p must be a number above 0 up to 1, not 0",
                "smoothgrad | attribution_method | rise  | option attribution_method must be one of saliency, ",
            })
    void refusesValuesThatAreNotAllowed(String method, String option, String text, String message) {
        assertThatThrownBy(() -> catalogue.create(method, Map.of(option, json(text)), SHAPE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesWindowsOfTheWrongKind() {
        for (Object wrong : Arrays.asList(5, List.of(1, 2), List.of(1, 2, 0), List.of(1, 2, "3"))) {
            assertThatThrownBy(() -> catalogue.create("occlusion", Map.of("strides", wrong), SHAPE))
                    .hasMessage("option strides must be three integers of at least 1: channels, height, width, not "
                            + wrong);
        }
        assertThatThrownBy(() -> catalogue.create("occlusion", Map.of("strides", List.of(3, 20, 20)), SHAPE))
                .hasMessage("strides [3, 20, 20] must not exceed sliding_window_shapes [3, 10, 8]");
        assertThatThrownBy(() -> catalogue.create("rise", Map.of("baselines", List.of(1, 2)), SHAPE))
                .hasMessageStartingWith("baselines has 2 values");
    }

    private static Object json(String text) {
        return text.matches("-?[0-9.]+")
                ? (Object) (text.contains(".") ? Double.valueOf(text) : Integer.valueOf(text))
                : text;
    }

    private Baseline baseline(Object value) {
        return ((IntegratedGradients) catalogue.create("integrated_gradients", Map.of("baselines", value), SHAPE))
                .baselines();
    }

    private AttributionMethod create(String name) {
        return catalogue.create(name, Map.of(), SHAPE);
    }
}
