package io.karyoflow.explain.attribution;

import java.util.List;
import java.util.Map;

/** Tells how much each value of an input matters to one of the model's scores. */
public interface AttributionMethod {
    /**
     * One map for each of N inputs, which does not depend on what other inputs are explained in the same call.
     *
     * @param inputs [N * height * width * channels], as the network sees them
     * @param targets N, the score that each input's map explains
     * @return N maps, in order
     * @throws IllegalArgumentException if the inputs are not N of the model's shape, or a target is none of its classes
     * @throws UnsupportedByModelException if the method needs more than the model gives
     */
    List<AttributionMap> attribute(ExplainableModel model, float[] inputs, List<Target> targets);

    /** As requests and the {@link MethodCatalogue} name it. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** The settings that the values depend on, by Captum's names: text, numbers, booleans and lists of them. */
    Map<String, Object> parameters();

    /**
     * Captum's {@code multiplies_by_inputs}: whether values are shares of the score (a change of the input's value from
     * its baseline is factored in) and not slopes of it.
     */
    default boolean multipliesByInputs() {
        return false;
    }

    /** What an input without information looks like to the method; zeros if it has no such setting. */
    default Baseline baselines() {
        return Baseline.zero();
    }
}
