package io.karyoflow.trainer.network;

/**
 * How weights lie in files, which have PyTorch's order of dimensions, and how TensorFlow wants them: filters [out, in,
 * height, width] there and [height, width, in, out] here, matrices [out, in] there and [in, out] here, vectors the same.
 */
public final class TensorLayout {
    private TensorLayout() {}

    /** @param shape of a weight as {@link Weights} have it */
    public static long[] shapeInFile(String weight, long[] shape) {
        return switch (shape.length) {
            case 4 ->
                weight.endsWith(Layers.DEPTHWISE_FILTER)
                        ? new long[] {shape[2], 1, shape[0], shape[1]}
                        : new long[] {shape[3], shape[2], shape[0], shape[1]};
            case 2 -> new long[] {shape[1], shape[0]};
            default -> shape;
        };
    }

    /**
     * @param shapeInFile as {@link #shapeInFile} says
     * @param values row-major in that shape
     * @return row-major in the weight's shape
     */
    public static float[] fromFile(long[] shapeInFile, float[] values) {
        if (shapeInFile.length == 1) {
            return values;
        }
        int out = Math.toIntExact(shapeInFile[0]);
        int in = Math.toIntExact(shapeInFile[1]);
        int places = values.length / (out * in); // of the window; a matrix has one
        float[] moved = new float[values.length];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                for (int place = 0; place < places; place++) {
                    moved[(place * in + i) * out + o] = values[(o * in + i) * places + place];
                }
            }
        }
        return moved;
    }
}
