package io.karyoflow.explain.attribution;

/**
 * What a convolution says of N inputs.
 *
 * @param height of the layer's output, usually less than the input's
 * @param channels its filters
 * @param values [N * height * width * channels], the activations
 * @param gradients [N * height * width * channels], d score / d activation
 */
public record Activations(int height, int width, int channels, float[] values, float[] gradients) {

    public Activations {
        int size = height * width * channels;
        if (size < 1 || values.length % size != 0 || values.length != gradients.length) {
            throw new IllegalArgumentException(values.length + " activations with " + gradients.length
                    + " gradients are not of a layer of " + height + " x " + width + " x " + channels);
        }
    }

    /** N. */
    public int count() {
        return values.length / (height * width * channels);
    }
}
