package io.karyoflow.explain.explanation;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.explain.attribution.Target;

/**
 * A question whose image the model has seen.
 *
 * @param colours by which the model saw it
 * @param input [h * w * 3], what the network sees
 * @param probabilities [C]
 * @param logits [C]
 * @param predicted the most probable class
 */
record Classified(
        Question question,
        ColourStatistics colours,
        float[] input,
        float[] probabilities,
        float[] logits,
        int predicted) {

    Target target() {
        return question.target().orElseGet(() -> Target.ofClass(predicted));
    }
}
