package io.karyoflow.explain.attribution;

/**
 * Decides how many inputs go through the model together, so that memory is bounded whatever the input's size: a
 * network's activations are some ten to a hundred times as large as its input. It changes no value, and it is what
 * Captum's {@code perturbations_per_eval}, {@code internal_batch_size} and {@code nt_samples_batch_size} are for.
 *
 * @param values of the network's input in one call, unless a single input has more
 * @param inputs at most in one call
 */
public record BatchSize(int values, int inputs) {
    /** 2 MiB of input values: 75 inputs of 48 x 48 x 3 together, 3 of 224 x 224 x 3. */
    public static final BatchSize DEFAULT = new BatchSize(512 * 1024, 128);

    public BatchSize {
        if (values < 1 || inputs < 1) {
            throw new IllegalArgumentException("at least one input, not " + inputs + " of " + values
                    + " values in all, must go through the model at a time");
        }
    }

    /** Exactly so many together, however large they are. */
    public static BatchSize of(int inputs) {
        return new BatchSize(Integer.MAX_VALUE, inputs);
    }

    /** This one, with fewer inputs if it allows more than {@code inputs}. */
    public BatchSize atMost(int inputs) {
        return new BatchSize(values, Math.min(this.inputs, inputs));
    }

    /** How many inputs of a shape go through the model together, at least 1. */
    public int of(InputShape shape) {
        return Math.max(1, Math.min(inputs, values / shape.size()));
    }
}
