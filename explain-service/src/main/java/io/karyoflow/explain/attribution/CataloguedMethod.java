package io.karyoflow.explain.attribution;

import java.util.List;
import java.util.Map;

/** An entry of the {@link MethodCatalogue}: what a method is, which options it has, how it is made from them. */
record CataloguedMethod(
        String name,
        String title,
        String explanation,
        Needs needs,
        boolean slow,
        List<Option<?>> options,
        Maker maker) {

    /** What a model must give beyond its logits. */
    enum Needs {
        LOGITS,
        GRADIENTS,
        ACTIVATIONS
    }

    @FunctionalInterface
    interface Maker {
        AttributionMethod make(Options options, BatchSize batchSize);
    }

    MethodDescription description() {
        return new MethodDescription(
                name,
                title,
                explanation,
                needs == Needs.GRADIENTS,
                needs == Needs.ACTIVATIONS,
                slow,
                options.stream().map(Option::description).toList());
    }

    /** Whether it sends hundreds of copies of each input through the model when it is set like this. */
    boolean isSlow(Map<String, Object> given) {
        return slow || NoiseTunnels.haveManyInside(given);
    }

    AttributionMethod create(Map<String, Object> given, InputShape shape, BatchSize batchSize) {
        return maker.make(new Options(name, given, options, shape), batchSize);
    }
}
