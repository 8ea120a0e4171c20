package io.karyoflow.explain.attribution;

import java.util.List;

/**
 * What there is to know about a method before it is asked for.
 *
 * @param name as requests name it
 * @param title as people name it
 * @param explanation in one sentence
 * @param needsGradients whether it works only with models that can be differentiated
 * @param needsActivations whether it works only with models that show their last convolution
 * @param slow whether it sends hundreds of copies of each input through the model whatever its options
 */
public record MethodDescription(
        String name,
        String title,
        String explanation,
        boolean needsGradients,
        boolean needsActivations,
        boolean slow,
        List<OptionDescription> options) {

    /** The same method with other options. */
    public MethodDescription withOptions(List<OptionDescription> others) {
        return new MethodDescription(name, title, explanation, needsGradients, needsActivations, slow, others);
    }
}
