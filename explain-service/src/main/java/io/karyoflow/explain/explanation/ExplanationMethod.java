package io.karyoflow.explain.explanation;

import io.karyoflow.explain.attribution.AttributionMap;
import io.karyoflow.explain.attribution.AttributionMethod;
import io.karyoflow.explain.attribution.Baseline;
import io.karyoflow.explain.attribution.BatchSize;
import io.karyoflow.explain.attribution.InputShape;
import io.karyoflow.explain.attribution.Noise;
import io.karyoflow.explain.attribution.NoiseTunnel;
import io.karyoflow.explain.attribution.NoiseType;
import io.karyoflow.explain.attribution.Occlusion;
import io.karyoflow.explain.attribution.Saliency;
import io.karyoflow.explain.attribution.Stdevs;
import io.karyoflow.explain.rendering.Sign;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The methods that a request can ask for by name: how each is set up, and how its maps are drawn. */
public enum ExplanationMethod {
    SALIENCY(Sign.ABSOLUTE_VALUE, AttributionMap::sumOverChannels) {
        @Override
        AttributionMethod setUp(ExplanationConfiguration configuration, InputShape shape) {
            return Saliency.DEFAULTS;
        }
    },
    SMOOTHGRAD(Sign.ABSOLUTE_VALUE, AttributionMap::sumOverChannels) {
        @Override
        AttributionMethod setUp(ExplanationConfiguration configuration, InputShape shape) {
            ExplanationConfiguration.SmoothGrad smoothgrad = configuration.smoothgrad();
            return new NoiseTunnel(
                    Saliency.DEFAULTS,
                    NoiseType.SMOOTHGRAD,
                    smoothgrad.samples(),
                    Stdevs.absolute(smoothgrad.standardDeviation()),
                    Noise.seeded(smoothgrad.seed()),
                    BatchSize.DEFAULT.atMost(configuration.inputsAtOnce()));
        }
    },
    /** A window hides all channels of a pixel alike: their mean is the score's fall itself. */
    OCCLUSION(Sign.ALL, AttributionMap::meanOverChannels) {
        @Override
        AttributionMethod setUp(ExplanationConfiguration configuration, InputShape shape) {
            ExplanationConfiguration.Occlusion occlusion = configuration.occlusion();
            int height = side(shape.height(), occlusion.windowShare());
            int width = side(shape.width(), occlusion.windowShare());
            return new Occlusion(
                    new Occlusion.Steps(shape.channels(), height, width),
                    new Occlusion.Steps(shape.channels(), (height + 1) / 2, (width + 1) / 2),
                    Baseline.constant(occlusion.baseline()),
                    BatchSize.DEFAULT.atMost(configuration.inputsAtOnce()));
        }
    };

    private final Sign sign;
    private final Function<AttributionMap, float[]> perPixel;

    ExplanationMethod(Sign sign, Function<AttributionMap, float[]> perPixel) {
        this.sign = sign;
        this.perPixel = perPixel;
    }

    abstract AttributionMethod setUp(ExplanationConfiguration configuration, InputShape shape);

    /** Which values of its maps a picture shows. */
    Sign sign() {
        return sign;
    }

    /** [height * width], the map as messages carry it. */
    float[] perPixel(AttributionMap map) {
        return perPixel.apply(map);
    }

    /** As requests and attributions name it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws UnknownMethodException if one of the names is none of ours */
    static Set<ExplanationMethod> named(List<String> names) throws UnknownMethodException {
        Set<ExplanationMethod> methods = EnumSet.noneOf(ExplanationMethod.class);
        for (String name : names) {
            methods.add(Arrays.stream(values())
                    .filter(method -> method.id().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new UnknownMethodException(
                            "unknown attribution method '" + name + "' in the header ce_explain; known are " + ids())));
        }
        return methods;
    }

    private static String ids() {
        return Arrays.stream(values()).map(ExplanationMethod::id).collect(Collectors.joining(", "));
    }

    private static int side(int inputSide, double share) {
        return (int) Math.max(1, Math.min(inputSide, Math.round(inputSide * share)));
    }
}
