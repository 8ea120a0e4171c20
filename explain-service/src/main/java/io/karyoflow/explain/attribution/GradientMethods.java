package io.karyoflow.explain.attribution;

import io.karyoflow.explain.attribution.CataloguedMethod.Needs;
import java.util.List;
import java.util.function.Function;

/** The catalogue's entries for methods that differentiate the model once or a few times. */
final class GradientMethods {
    private static final Option<Boolean> ABS =
            Option.flag("abs", true, "take the gradient's absolute value; without it, the gradient itself");
    private static final Option<Function<InputShape, Baseline>> BASELINES =
            BaselineOption.named("baselines", "where the path to the input starts");
    private static final Option<Integer> N_STEPS = Option.integer(
            "n_steps",
            IntegratedGradients.DEFAULT_N_STEPS,
            1,
            1000,
            "gradients along the path (Riemann's rules: at least 2)");
    private static final Option<IntegrationRule> METHOD = Option.choice(
            "method",
            IntegrationRule.GAUSSLEGENDRE,
            List.of(IntegrationRule.values()),
            IntegrationRule::id,
            "how the integral along the path is approximated");
    private static final Option<Boolean> MULTIPLY_BY_INPUTS = Option.flag(
            "multiply_by_inputs",
            true,
            "multiply by the difference to the baseline, so that values add up to the score's rise");
    private static final Option<Integer> INTERNAL_BATCH_SIZE = Option.integer(
            "internal_batch_size",
            BatchSize.DEFAULT.inputs(),
            1,
            BatchSize.DEFAULT.inputs(),
            "steps that go through the model together, at most; less for large inputs; changes no value");
    private static final Option<Boolean> RELU_ATTRIBUTIONS =
            Option.flag("relu_attributions", false, "show only what raises the score, as the paper does");

    static final CataloguedMethod SALIENCY = new CataloguedMethod(
            "saliency",
            "Saliency",
            "How steeply the score changes with each value: where the smallest change would matter most.",
            Needs.GRADIENTS,
            false,
            List.of(ABS),
            (options, batchSize) -> new Saliency(options.get(ABS), batchSize));

    static final CataloguedMethod INPUT_X_GRADIENT = new CataloguedMethod(
            "input_x_gradient",
            "Input x gradient",
            "Each value times its slope: its share of the score, were the model linear.",
            Needs.GRADIENTS,
            false,
            List.of(),
            (options, batchSize) -> new InputXGradient(batchSize));

    static final CataloguedMethod INTEGRATED_GRADIENTS = new CataloguedMethod(
            "integrated_gradients",
            "Integrated gradients",
            "The score's rise from a baseline image, shared out among the values that made it rise.",
            Needs.GRADIENTS,
            false,
            List.of(BASELINES, N_STEPS, METHOD, MULTIPLY_BY_INPUTS, INTERNAL_BATCH_SIZE),
            (options, batchSize) -> new IntegratedGradients(
                    options.get(BASELINES).apply(options.shape()),
                    options.get(N_STEPS),
                    options.get(METHOD),
                    options.get(MULTIPLY_BY_INPUTS),
                    batchSize.atMost(options.get(INTERNAL_BATCH_SIZE))));

    static final CataloguedMethod GRAD_CAM = new CataloguedMethod(
            "grad_cam",
            "Grad-CAM",
            "Where the last convolution's filters fire that raise the score: coarse, but about whole structures.",
            Needs.ACTIVATIONS,
            false,
            List.of(RELU_ATTRIBUTIONS),
            (options, batchSize) -> new GradCam(options.get(RELU_ATTRIBUTIONS), batchSize));

    private GradientMethods() {}
}
