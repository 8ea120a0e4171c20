package io.karyoflow.explain.attribution;

import java.util.Arrays;

/**
 * Two convolutions of 3 x 3 with ReLU (strides 1 and 2) and a dense layer, for three classes. Its weights come from
 * sines, so that another implementation can have the same ({@code src/test/parity/captum_maps.py} has); it computes in
 * double precision. Weights lie in the order row, column, input channel, filter.
 */
public final class SmallConvNet implements ExplainableModel {
    public static final InputShape SHAPE = new InputShape(7, 5, 3);
    static final int CLASSES = 3;

    private final Convolution first = new Convolution(SHAPE, 4, 1, sines(3 * 3 * 3 * 4, 12.9898, 0.5, 0.4));
    private final Convolution second = new Convolution(first.output, 5, 2, sines(3 * 3 * 4 * 5, 7.233, 0.2, 0.4));
    private final double[] dense;
    private final double[] biases = sines(CLASSES, 1, 0.3, 0.1);

    public SmallConvNet() {
        this(4.1414);
    }

    /** @param frequency of the sines that the dense layer's weights are; another one makes another last layer */
    public SmallConvNet(double frequency) {
        dense = sines(second.output.size() * CLASSES, frequency, 0.1, 0.5);
    }

    static double[] sines(int count, double frequency, double phase, double amplitude) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> amplitude * Math.sin(frequency * i + phase));
        return values;
    }

    @Override
    public InputShape inputShape() {
        return SHAPE;
    }

    @Override
    public float[][] logits(float[] inputs, int count) {
        SHAPE.check(inputs, count);
        float[][] logits = new float[count][CLASSES];
        for (int n = 0; n < count; n++) {
            double[] features = second.forward(first.forward(input(inputs, n)));
            for (int c = 0; c < CLASSES; c++) {
                double sum = biases[c];
                for (int i = 0; i < features.length; i++) {
                    sum += features[i] * dense[i * CLASSES + c];
                }
                logits[n][c] = (float) sum;
            }
        }
        return logits;
    }

    @Override
    public float[] gradient(float[] inputs, int[] targets) {
        SHAPE.check(inputs, targets.length);
        float[] gradients = new float[inputs.length];
        for (int n = 0; n < targets.length; n++) {
            double[] hidden = first.forward(input(inputs, n));
            double[] atFirst = second.backward(hidden, second.forward(hidden), atSecond(targets[n]));
            double[] gradient = first.backward(input(inputs, n), hidden, atFirst);
            for (int i = 0; i < gradient.length; i++) {
                gradients[n * gradient.length + i] = (float) gradient[i];
            }
        }
        return gradients;
    }

    @Override
    public Activations lastConvolution(float[] inputs, int[] targets) {
        InputShape layer = second.output;
        float[] values = new float[targets.length * layer.size()];
        float[] gradients = new float[values.length];
        for (int n = 0; n < targets.length; n++) {
            double[] activations = second.forward(first.forward(input(inputs, n)));
            double[] gradient = atSecond(targets[n]);
            for (int i = 0; i < layer.size(); i++) {
                values[n * layer.size() + i] = (float) activations[i];
                gradients[n * layer.size() + i] = (float) gradient[i];
            }
        }
        return new Activations(layer.height(), layer.width(), layer.channels(), values, gradients);
    }

    private double[] atSecond(int target) {
        double[] gradient = new double[second.output.size()];
        Arrays.setAll(gradient, i -> dense[i * CLASSES + target]);
        return gradient;
    }

    private static double[] input(float[] inputs, int n) {
        double[] input = new double[SHAPE.size()];
        Arrays.setAll(input, i -> inputs[n * SHAPE.size() + i]);
        return input;
    }

    /** A convolution of 3 x 3, padded by one pixel of zeros, with ReLU. */
    private static final class Convolution {
        private final InputShape input;
        private final InputShape output;
        private final int stride;
        private final double[] weights;
        private final double[] biases;

        Convolution(InputShape input, int filters, int stride, double[] weights) {
            this.input = input;
            this.output = new InputShape((input.height() - 1) / stride + 1, (input.width() - 1) / stride + 1, filters);
            this.stride = stride;
            this.weights = weights;
            this.biases = sines(filters, 1, 0.3, 0.1);
        }

        private interface Connection {
            void of(int from, int to, int weight);
        }

        private void forEachConnection(Connection connection) {
            for (int y = 0; y < output.height(); y++) {
                for (int x = 0; x < output.width(); x++) {
                    for (int window = 0; window < 9; window++) {
                        int fromY = y * stride + window / 3 - 1;
                        int fromX = x * stride + window % 3 - 1;
                        if (fromY < 0 || fromY >= input.height() || fromX < 0 || fromX >= input.width()) {
                            continue;
                        }
                        for (int c = 0; c < input.channels(); c++) {
                            for (int k = 0; k < output.channels(); k++) {
                                connection.of(
                                        input.index(fromY, fromX, c),
                                        output.index(y, x, k),
                                        (window * input.channels() + c) * output.channels() + k);
                            }
                        }
                    }
                }
            }
        }

        double[] forward(double[] values) {
            double[] activations = new double[output.size()];
            Arrays.setAll(activations, i -> biases[i % biases.length]);
            forEachConnection((from, to, weight) -> activations[to] += weights[weight] * values[from]);
            Arrays.setAll(activations, i -> Math.max(0, activations[i]));
            return activations;
        }

        /** d score / d input from d score / d activation. */
        double[] backward(double[] values, double[] activations, double[] gradients) {
            double[] atInput = new double[values.length];
            forEachConnection((from, to, weight) -> {
                if (activations[to] > 0) {
                    atInput[from] += weights[weight] * gradients[to];
                }
            });
            return atInput;
        }
    }
}
