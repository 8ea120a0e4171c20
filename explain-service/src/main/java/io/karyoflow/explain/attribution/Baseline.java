package io.karyoflow.explain.attribution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What an input without information looks like: what is hidden becomes this, and what matters is told against it. */
public sealed interface Baseline {

    /** Captum's default; mid-grey for a network that sees -1 to 1. */
    static Baseline zero() {
        return new Constant(0);
    }

    /** Glass without tissue for a network that sees -1 to 1; for others, {@link #given} with their model's white. */
    static Baseline white() {
        return new Constant(1);
    }

    /** @param value in units of the network's input */
    static Baseline constant(float value) {
        return new Constant(value);
    }

    /** The mean of each channel over the input's own pixels. */
    static Baseline meanColour() {
        return new MeanColour();
    }

    /**
     * The input itself without its details, blurred by a Gaussian.
     *
     * @param sigma standard deviation in pixels, more than 0
     */
    static Baseline blurred(double sigma) {
        return new Blurred(sigma);
    }

    /** @param values [channels], a colour, or [height * width * channels], an input, in units of the network's input */
    static Baseline given(float... values) {
        return new Given(values.clone());
    }

    /**
     * @param inputs [N * height * width * channels]
     * @return [N * height * width * channels], each input's baseline
     */
    float[] of(InputShape shape, float[] inputs);

    /** As {@link AttributionMethod#parameters} says it: a number, a text or a list of numbers. */
    Object parameter();

    /** The same value everywhere. */
    record Constant(float value) implements Baseline {
        @Override
        public float[] of(InputShape shape, float[] inputs) {
            float[] baselines = new float[inputs.length];
            Arrays.fill(baselines, value);
            return baselines;
        }

        @Override
        public Object parameter() {
            return value;
        }
    }

    /** The input's own colour, without anything to see in it. */
    record MeanColour() implements Baseline {
        @Override
        public float[] of(InputShape shape, float[] inputs) {
            float[] baselines = new float[inputs.length];
            for (int from = 0; from < inputs.length; from += shape.size()) {
                double[] sums = new double[shape.channels()];
                for (int i = 0; i < shape.size(); i++) {
                    sums[i % shape.channels()] += inputs[from + i];
                }
                for (int i = 0; i < shape.size(); i++) {
                    baselines[from + i] = (float) (sums[i % shape.channels()] * shape.channels() / shape.size());
                }
            }
            return baselines;
        }

        @Override
        public Object parameter() {
            return "mean_colour";
        }
    }

    /** The input's own colours, without edges. */
    record Blurred(double sigma) implements Baseline {
        public Blurred {
            if (!(sigma > 0 && sigma < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("sigma must be a number of pixels above 0, not " + sigma);
            }
        }

        @Override
        public float[] of(InputShape shape, float[] inputs) {
            return new GaussianBlur(sigma).of(shape, inputs);
        }

        @Override
        public Object parameter() {
            return "blurred:" + sigma;
        }
    }

    /** One colour or one input, the same for all. */
    record Given(float[] values) implements Baseline {
        @Override
        public float[] of(InputShape shape, float[] inputs) {
            if (values.length != shape.channels() && values.length != shape.size()) {
                throw new IllegalArgumentException("baselines has " + values.length + " values, neither "
                        + shape.channels() + ", a colour, nor " + shape.size() + ", an input");
            }
            float[] baselines = new float[inputs.length];
            for (int from = 0; from < inputs.length; from += values.length) {
                System.arraycopy(values, 0, baselines, from, values.length);
            }
            return baselines;
        }

        @Override
        public Object parameter() {
            List<Float> list = new ArrayList<>();
            for (float value : values) {
                list.add(value);
            }
            return list;
        }
    }
}
