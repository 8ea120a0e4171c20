package io.karyoflow.explain.attribution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gradients of targets' scores from a model that knows those of single logits: that of a difference is the difference
 * of two.
 */
final class TargetGradients {

    private TargetGradients() {}

    /**
     * @param inputs [N * height * width * channels]
     * @param targets N
     * @return [N * height * width * channels], d score / d input, which belongs to the caller
     */
    static float[] atInput(ExplainableModel model, float[] inputs, List<Target> targets) {
        model.inputShape().check(inputs, targets.size());
        float[] gradients = model.gradient(inputs, classes(targets));
        List<Integer> differences = differences(targets);
        if (!differences.isEmpty()) {
            float[] minus =
                    model.gradient(select(inputs, differences, targets.size()), subtracted(targets, differences));
            subtract(gradients, minus, differences, targets.size());
        }
        return gradients;
    }

    /** As {@link #atInput}, for inputs that may be too many to go through the model together. */
    static float[] atInput(ExplainableModel model, BatchSize batchSize, float[] inputs, List<Target> targets) {
        InputShape shape = model.inputShape();
        shape.check(inputs, targets.size());
        int atOnce = batchSize.of(shape);
        if (targets.size() <= atOnce) {
            return atInput(model, inputs, targets);
        }
        float[] gradients = new float[inputs.length];
        for (int from = 0; from < targets.size(); from += atOnce) {
            int to = Math.min(from + atOnce, targets.size());
            float[] together = Arrays.copyOfRange(inputs, from * shape.size(), to * shape.size());
            float[] theirs = atInput(model, together, targets.subList(from, to));
            System.arraycopy(theirs, 0, gradients, from * shape.size(), theirs.length);
        }
        return gradients;
    }

    /** The last convolution of N inputs, with d score / d activation. */
    static Activations atLastConvolution(ExplainableModel model, float[] inputs, List<Target> targets) {
        Activations activations = model.lastConvolution(inputs, classes(targets));
        List<Integer> differences = differences(targets);
        if (!differences.isEmpty()) {
            Activations minus = model.lastConvolution(
                    select(inputs, differences, targets.size()), subtracted(targets, differences));
            subtract(activations.gradients(), minus.gradients(), differences, targets.size());
        }
        return activations;
    }

    private static int[] classes(List<Target> targets) {
        return targets.stream()
                .mapToInt(target -> target instanceof Target.Difference difference
                        ? difference.of()
                        : ((Target.OfClass) target).index())
                .toArray();
    }

    private static List<Integer> differences(List<Target> targets) {
        List<Integer> differences = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            if (targets.get(i) instanceof Target.Difference) {
                differences.add(i);
            }
        }
        return differences;
    }

    private static int[] subtracted(List<Target> targets, List<Integer> differences) {
        return differences.stream()
                .mapToInt(i -> ((Target.Difference) targets.get(i)).minus())
                .toArray();
    }

    private static float[] select(float[] inputs, List<Integer> selected, int count) {
        if (selected.size() == count) {
            return inputs;
        }
        int size = inputs.length / count;
        float[] those = new float[selected.size() * size];
        for (int i = 0; i < selected.size(); i++) {
            System.arraycopy(inputs, selected.get(i) * size, those, i * size, size);
        }
        return those;
    }

    private static void subtract(float[] gradients, float[] minus, List<Integer> at, int count) {
        int size = gradients.length / count;
        for (int i = 0; i < at.size(); i++) {
            for (int j = 0; j < size; j++) {
                gradients[at.get(i) * size + j] -= minus[i * size + j];
            }
        }
    }
}
