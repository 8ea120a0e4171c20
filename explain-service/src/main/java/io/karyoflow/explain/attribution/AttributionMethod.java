package io.karyoflow.explain.attribution;

import java.util.List;
import java.util.Map;

/** Tells how much each value of an input matters to one of the model's scores. */
public interface AttributionMethod {
    /**
     * One map for each of N inputs.
     *
     * @param inputs [N * height * width * channels], as the network sees them
     * @param targets [N], the class whose score each input's map explains, from 0
     * @return N maps, in order
     * @throws IllegalArgumentException if the lengths of inputs and targets do not fit the model's input shape
     */
    List<AttributionMap> attribute(DifferentiableModel model, float[] inputs, int[] targets);

    /** The settings that the values depend on, by Captum's names: text, numbers, booleans and lists of them. */
    Map<String, Object> parameters();
}
