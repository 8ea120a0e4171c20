package io.karyoflow.explain.attribution;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All methods by name, to be made from options as JSON has them; it says of itself what it knows. */
public final class MethodCatalogue {
    private final BatchSize batchSize;
    private final Map<String, CataloguedMethod> methods = new LinkedHashMap<>();

    public MethodCatalogue() {
        this(BatchSize.DEFAULT);
    }

    /** @param batchSize that options may lower but not raise */
    public MethodCatalogue(BatchSize batchSize) {
        this.batchSize = batchSize;
        Stream.of(
                        GradientMethods.SALIENCY,
                        GradientMethods.INPUT_X_GRADIENT,
                        GradientMethods.INTEGRATED_GRADIENTS,
                        NoiseTunnels.of(
                                NoiseType.SMOOTHGRAD,
                                "SmoothGrad",
                                "The mean of a gradient method's maps over noisy copies of the image: steadier than"
                                        + " one map."),
                        NoiseTunnels.of(
                                NoiseType.SMOOTHGRAD_SQ,
                                "SmoothGrad squared",
                                "The mean of squared maps over noisy copies of the image: what matters stands out"
                                        + " more."),
                        NoiseTunnels.of(
                                NoiseType.VARGRAD,
                                "VarGrad",
                                "The variance of maps over noisy copies of the image: where the explanation is least"
                                        + " steady."),
                        PerturbationMethods.OCCLUSION,
                        GradientMethods.GRAD_CAM,
                        PerturbationMethods.RISE)
                .forEach(method -> methods.put(method.name(), method));
    }

    /** The names of all methods. */
    public List<String> names() {
        return List.copyOf(methods.keySet());
    }

    /** All methods with their options. */
    public List<MethodDescription> describe() {
        return methods.values().stream().map(CataloguedMethod::description).toList();
    }

    /** @throws IllegalArgumentException that lists the known methods, if there is none of this name */
    public MethodDescription describe(String name) {
        return named(name).description();
    }

    /**
     * @param options by Captum's names; what is not given has its default
     * @param shape of the inputs to be explained, for defaults that depend on it
     * @throws IllegalArgumentException that says what is allowed, if the method or an option is not known, or an
     *     option's value is not allowed
     */
    public AttributionMethod create(String name, Map<String, Object> options, InputShape shape) {
        return named(name).create(options, shape, batchSize);
    }

    /**
     * Whether the method sends hundreds of copies of each input through the model when it is set like this.
     *
     * @param options which need not be allowed
     * @throws IllegalArgumentException that lists the known methods, if there is none of this name
     */
    public boolean isSlow(String name, Map<String, Object> options) {
        return named(name).isSlow(options);
    }

    private CataloguedMethod named(String name) {
        CataloguedMethod method = methods.get(name);
        if (method == null) {
            throw new IllegalArgumentException(
                    "unknown attribution method '" + name + "'; known are " + String.join(", ", names()));
        }
        return method;
    }
}
