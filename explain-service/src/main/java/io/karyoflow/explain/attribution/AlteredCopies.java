package io.karyoflow.explain.attribution;

import java.util.ArrayList;
import java.util.List;

/**
 * Sends K altered copies of each of N inputs through a model, as many together as {@link BatchSize} allows, whichever
 * input they are of: copy 0 of all inputs, then copy 1 of all, and so on. Copies lie in one array, which is used again
 * and again.
 */
public final class AlteredCopies {
    private final ExplainableModel model;
    private final BatchSize batchSize;
    private final float[] inputs;
    private final int count;
    private final int copies;

    /**
     * @param inputs [N * height * width * channels]
     * @param count N
     * @param copies K
     * @throws IllegalArgumentException if {@code inputs} are not N of the model's shape
     */
    public AlteredCopies(ExplainableModel model, BatchSize batchSize, float[] inputs, int count, int copies) {
        model.inputShape().check(inputs, count);
        this.model = model;
        this.batchSize = batchSize;
        this.inputs = inputs;
        this.count = count;
        this.copies = copies;
    }

    /** What makes copy number {@code copy} (from 0) of input number {@code input} differ from it. */
    @FunctionalInterface
    public interface Alteration {
        /** @param values holds the input from index {@code from} on, to be altered in place */
        void alter(int input, int copy, float[] values, int from);
    }

    /** Takes what the model said of a copy: its logits [C] or a map of it. */
    @FunctionalInterface
    public interface Reader<T> {
        void read(int input, int copy, T said);
    }

    /** Takes the gradient of a copy, which lies in {@code gradients} from index {@code from} on. */
    @FunctionalInterface
    public interface GradientReader {
        void read(int input, int copy, float[] gradients, int from);
    }

    /** The logits of every copy. */
    public void logits(Alteration alteration, Reader<float[]> reader) {
        inBatches(alteration, (first, values, together) -> {
            float[][] logits = model.logits(values, together);
            for (int i = 0; i < together; i++) {
                reader.read((first + i) % count, (first + i) / count, logits[i]);
            }
        });
    }

    /**
     * The gradient of the target's score at every copy.
     *
     * @param targets N
     */
    public void gradients(List<Target> targets, Alteration alteration, GradientReader reader) {
        int size = model.inputShape().size();
        inBatches(alteration, (first, values, together) -> {
            float[] gradients = TargetGradients.atInput(model, values, targets(targets, first, together));
            for (int i = 0; i < together; i++) {
                reader.read((first + i) % count, (first + i) / count, gradients, i * size);
            }
        });
    }

    /**
     * A method's map of every copy.
     *
     * @param targets N
     */
    public void maps(
            AttributionMethod method, List<Target> targets, Alteration alteration, Reader<AttributionMap> reader) {
        inBatches(alteration, (first, values, together) -> {
            List<AttributionMap> maps = method.attribute(model, values, targets(targets, first, together));
            for (int i = 0; i < together; i++) {
                reader.read((first + i) % count, (first + i) / count, maps.get(i));
            }
        });
    }

    private interface Batch {
        void run(int first, float[] values, int together);
    }

    private void inBatches(Alteration alteration, Batch batch) {
        int size = model.inputShape().size();
        int all = Math.multiplyExact(count, copies);
        int atOnce = Math.min(all, batchSize.of(model.inputShape()));
        float[] values = new float[atOnce * size];
        for (int first = 0; first < all; first += atOnce) {
            int together = Math.min(atOnce, all - first);
            if (together < atOnce) {
                values = new float[together * size];
            }
            for (int i = 0; i < together; i++) {
                int input = (first + i) % count;
                System.arraycopy(inputs, input * size, values, i * size, size);
                alteration.alter(input, (first + i) / count, values, i * size);
            }
            batch.run(first, values, together);
        }
    }

    private List<Target> targets(List<Target> targets, int first, int together) {
        List<Target> ofBatch = new ArrayList<>(together);
        for (int i = 0; i < together; i++) {
            ofBatch.add(targets.get((first + i) % count));
        }
        return ofBatch;
    }
}
