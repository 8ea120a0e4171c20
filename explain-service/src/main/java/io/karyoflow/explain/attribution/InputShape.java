package io.karyoflow.explain.attribution;

/**
 * Shape of one input of a network. Its values lie row by row, the channels of a pixel beside each other: the value of
 * channel c at row y, column x has index (y * width + x) * channels + c.
 */
public record InputShape(int height, int width, int channels) {

    public InputShape {
        if (height < 1 || width < 1 || channels < 1) {
            throw new IllegalArgumentException(
                    "an input of " + height + " x " + width + " x " + channels + " has no values");
        }
    }

    /** Values of one input: height * width * channels. */
    public int size() {
        return height * width * channels;
    }

    /** Where the value of a channel of a pixel lies. */
    public int index(int y, int x, int channel) {
        return (y * width + x) * channels + channel;
    }

    /** @throws IllegalArgumentException unless {@code inputs} holds {@code count} inputs of this shape */
    public void check(float[] inputs, int count) {
        if (inputs.length != count * size()) {
            throw new IllegalArgumentException(inputs.length + " values are not " + count + " inputs of " + height
                    + " x " + width + " x " + channels);
        }
    }
}
