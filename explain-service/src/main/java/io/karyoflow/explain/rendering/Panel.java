package io.karyoflow.explain.rendering;

import io.karyoflow.common.image.RgbImage;
import java.util.Comparator;
import java.util.List;

/**
 * All that a figure about one image says: what the model sees in it, and why by each method.
 *
 * @param image what was explained, of any size
 * @param filename or null
 * @param target whose score the maps explain: a class, or the difference of two
 * @param modelId the model that made the maps and the probabilities
 * @param probabilities of each class, in the order of the model's classes; at least one
 * @param picture how the maps are drawn
 * @param explanations one for each method, in the order of the figure; may be none
 */
public record Panel(
        RgbImage image,
        String filename,
        String target,
        String modelId,
        List<ClassProbability> probabilities,
        Picture picture,
        List<Explanation> explanations) {

    /** @param probability 0 to 1 */
    public record ClassProbability(String className, double probability) {}

    /**
     * One method's map.
     *
     * @param title the method's name
     * @param details its key parameters, each a line such as {@code samples: 16}
     * @param map what it found
     * @param scale how the map's values become colours: {@link Scale#of} for a scale of its own, {@link Scale#across} for
     *     one that is shared with other maps
     * @param scores how faithful the map is, whichever are known
     */
    public record Explanation(String title, List<String> details, PixelMap map, Scale scale, List<Score> scores) {}

    /** @param name short, with an arrow where one end is better: {@code Deletion AUC ↓} */
    public record Score(String name, double value) {}

    public Panel {
        if (probabilities.isEmpty()) {
            throw new IllegalArgumentException("a panel needs the probability of at least one class");
        }
    }

    /** The most probable class. */
    ClassProbability predicted() {
        return probabilities.stream()
                .max(Comparator.comparingDouble(ClassProbability::probability))
                .orElseThrow();
    }
}
