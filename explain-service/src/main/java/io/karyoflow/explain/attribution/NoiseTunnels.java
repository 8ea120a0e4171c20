package io.karyoflow.explain.attribution;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The catalogue's entries for noise tunnels, which take the options of the method inside among their own. */
final class NoiseTunnels {
    private static final List<CataloguedMethod> INSIDE =
            List.of(GradientMethods.SALIENCY, GradientMethods.INPUT_X_GRADIENT, GradientMethods.INTEGRATED_GRADIENTS);
    private static final Option<CataloguedMethod> ATTRIBUTION_METHOD = Option.choice(
            "attribution_method",
            GradientMethods.SALIENCY,
            INSIDE,
            CataloguedMethod::name,
            "the method that explains each noisy copy; its own options are allowed too");
    private static final Option<Integer> NT_SAMPLES = Option.integer(
            "nt_samples", NoiseTunnel.DEFAULT_NT_SAMPLES, 1, 1000, "noisy copies; more are slower and steadier");
    private static final Option<Double> STDEVS = Option.number(
            "stdevs",
            NoiseTunnel.DEFAULT_STDEVS.value(),
            0,
            false,
            100,
            "the noise's standard deviation, in units of the network's input unless stdevs_relative");
    private static final Option<Boolean> STDEVS_RELATIVE = Option.flag(
            "stdevs_relative",
            NoiseTunnel.DEFAULT_STDEVS.relative(),
            "take stdevs as a share of each input's range; the paper finds 0.1 to 0.2 good");
    private static final Option<Integer> SEED =
            Option.integer("seed", 0, 0, Integer.MAX_VALUE, "same image, model and seed: same map");
    private static final Option<Integer> NT_SAMPLES_BATCH_SIZE = Option.integer(
            "nt_samples_batch_size",
            BatchSize.DEFAULT.inputs(),
            1,
            BatchSize.DEFAULT.inputs(),
            "noisy copies that are explained together, at most; less for large inputs; changes no value");
    /** As many as RISE has masks at most. */
    private static final int MOST_GRADIENTS = 20_000;

    private static final List<Option<?>> OWN =
            List.of(ATTRIBUTION_METHOD, NT_SAMPLES, STDEVS, STDEVS_RELATIVE, SEED, NT_SAMPLES_BATCH_SIZE);

    private NoiseTunnels() {}

    static CataloguedMethod of(NoiseType type, String title, String explanation) {
        return new CataloguedMethod(
                type.id(),
                title,
                explanation,
                CataloguedMethod.Needs.GRADIENTS,
                false,
                allOptions(),
                (options, batchSize) -> {
                    CataloguedMethod inside = options.get(ATTRIBUTION_METHOD);
                    AttributionMethod method = inside.create(options.without(OWN), options.shape(), batchSize);
                    int samples = options.get(NT_SAMPLES);
                    checkWork(samples, method);
                    return new NoiseTunnel(
                            method,
                            type,
                            samples,
                            new Stdevs(options.get(STDEVS), options.get(STDEVS_RELATIVE)),
                            Noise.seeded(options.get(SEED)),
                            batchSize.atMost(options.get(NT_SAMPLES_BATCH_SIZE)));
                });
    }

    private static void checkWork(int samples, AttributionMethod inside) {
        if (inside instanceof IntegratedGradients integrated && samples * integrated.nSteps() > MOST_GRADIENTS) {
            throw new IllegalArgumentException("nt_samples (" + samples + ") times n_steps (" + integrated.nSteps()
                    + ") gradients are more than " + MOST_GRADIENTS + "; lower one of them");
        }
    }

    /** Whether each noisy copy takes many gradients with these options, which may be of any method. */
    static boolean haveManyInside(Map<String, Object> options) {
        return GradientMethods.INTEGRATED_GRADIENTS.name().equals(options.get(ATTRIBUTION_METHOD.name()));
    }

    /** Those of the noise tunnel, then those of each method that may be inside. */
    private static List<Option<?>> allOptions() {
        List<Option<?>> all = new ArrayList<>(OWN);
        for (CataloguedMethod method : INSIDE) {
            for (Option<?> option : method.options()) {
                all.add(option.withHelp(
                        "of " + method.name() + ": " + option.description().help()));
            }
        }
        return all;
    }
}
