package io.karyoflow.explain.attribution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Occlusion: how far the score falls when a part of the input is hidden.
 *
 * <pre>M(x)_p = mean over windows w that cover p of  S_c(x) - S_c(x with b inside w)</pre>
 *
 * S_c is the logit of the target class c, b the baseline. Windows of the shape {@code sliding_window_shapes} stand at
 * every multiple of {@code strides}; the last of a row, a column or the channels is clipped at the input's edge. Zeiler,
 * Fergus: Visualizing and Understanding Convolutional Networks (2014), <a
 * href="https://arxiv.org/abs/1311.2901">arXiv:1311.2901</a>.
 */
public final class Occlusion implements AttributionMethod {
    public static final Steps DEFAULT_STRIDES = new Steps(1, 1, 1);
    public static final float DEFAULT_BASELINES = 0;
    public static final int DEFAULT_PERTURBATIONS_PER_EVAL = 1;

    private final Steps slidingWindowShapes;
    private final Steps strides;
    private final float baselines;
    private final int perturbationsPerEval;

    /** Sizes along the channels, downwards and to the right, in Captum's order. */
    public record Steps(int channels, int height, int width) {
        public Steps {
            if (channels < 1 || height < 1 || width < 1) {
                throw new IllegalArgumentException(
                        "windows and strides must be at least 1, not " + channels + ", " + height + ", " + width);
            }
        }

        List<Integer> asList() {
            return List.of(channels, height, width);
        }
    }

    /** Captum's defaults: a stride of 1, a baseline of 0, one window an evaluation. */
    public Occlusion(Steps slidingWindowShapes) {
        this(slidingWindowShapes, DEFAULT_STRIDES, DEFAULT_BASELINES, DEFAULT_PERTURBATIONS_PER_EVAL);
    }

    /**
     * @param slidingWindowShapes what one window hides
     * @param strides how far the window moves; at most its shape, so that windows leave no gap
     * @param baselines what hidden values become, in units of the network's input
     * @param perturbationsPerEval windows that go through the model together, at least 1; bounds the memory only
     * @throws IllegalArgumentException if strides leave gaps or no window is to be evaluated
     */
    public Occlusion(Steps slidingWindowShapes, Steps strides, float baselines, int perturbationsPerEval) {
        if (strides.channels > slidingWindowShapes.channels
                || strides.height > slidingWindowShapes.height
                || strides.width > slidingWindowShapes.width) {
            throw new IllegalArgumentException("strides " + strides.asList() + " must not exceed sliding_window_shapes "
                    + slidingWindowShapes.asList());
        }
        if (perturbationsPerEval < 1) {
            throw new IllegalArgumentException(
                    "perturbations_per_eval must be at least 1, not " + perturbationsPerEval);
        }
        this.slidingWindowShapes = slidingWindowShapes;
        this.strides = strides;
        this.baselines = baselines;
        this.perturbationsPerEval = perturbationsPerEval;
    }

    @Override
    public List<AttributionMap> attribute(DifferentiableModel model, float[] inputs, int[] targets) {
        InputShape shape = model.inputShape();
        shape.check(inputs, targets.length);
        List<Window> windows = windows(shape);
        float[][] scores = model.logits(inputs, targets.length);
        List<AttributionMap> maps = new ArrayList<>();
        for (int i = 0; i < targets.length; i++) {
            float[] input = Arrays.copyOfRange(inputs, i * shape.size(), (i + 1) * shape.size());
            float[] values = meanOfDifferences(model, input, targets[i], scores[i][targets[i]], windows);
            maps.add(new AttributionMap(shape, values));
        }
        return maps;
    }

    private float[] meanOfDifferences(
            DifferentiableModel model, float[] input, int target, float score, List<Window> windows) {
        double[] sum = new double[input.length];
        int[] covering = new int[input.length];
        for (int from = 0; from < windows.size(); from += perturbationsPerEval) {
            List<Window> together = windows.subList(from, Math.min(from + perturbationsPerEval, windows.size()));
            float[][] logits = model.logits(occlude(input, together), together.size());
            for (int w = 0; w < logits.length; w++) {
                float difference = score - logits[w][target];
                for (int index : together.get(w).indices) {
                    sum[index] += difference;
                    covering[index]++;
                }
            }
        }
        float[] mean = new float[input.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sum[i] / covering[i]);
        }
        return mean;
    }

    private float[] occlude(float[] input, List<Window> windows) {
        float[] copies = new float[windows.size() * input.length];
        for (int w = 0; w < windows.size(); w++) {
            System.arraycopy(input, 0, copies, w * input.length, input.length);
            for (int index : windows.get(w).indices) {
                copies[w * input.length + index] = baselines;
            }
        }
        return copies;
    }

    /** The indices of the values that one position of the window hides. */
    private record Window(int[] indices) {}

    private List<Window> windows(InputShape shape) {
        List<Window> windows = new ArrayList<>();
        for (int c : starts(shape.channels(), slidingWindowShapes.channels, strides.channels)) {
            for (int y : starts(shape.height(), slidingWindowShapes.height, strides.height)) {
                for (int x : starts(shape.width(), slidingWindowShapes.width, strides.width)) {
                    windows.add(window(shape, c, y, x));
                }
            }
        }
        return windows;
    }

    /** As few positions as reach the end, but at least one: ceil((size - window) / stride) + 1. */
    private static int[] starts(int size, int window, int stride) {
        int beyondTheFirst = Math.max(0, size - window);
        int[] starts = new int[(beyondTheFirst + stride - 1) / stride + 1];
        Arrays.setAll(starts, i -> i * stride);
        return starts;
    }

    private Window window(InputShape shape, int fromChannel, int fromY, int fromX) {
        int toChannel = Math.min(fromChannel + slidingWindowShapes.channels, shape.channels());
        int toY = Math.min(fromY + slidingWindowShapes.height, shape.height());
        int toX = Math.min(fromX + slidingWindowShapes.width, shape.width());
        int[] indices = new int[(toChannel - fromChannel) * (toY - fromY) * (toX - fromX)];
        int at = 0;
        for (int y = fromY; y < toY; y++) {
            for (int x = fromX; x < toX; x++) {
                for (int channel = fromChannel; channel < toChannel; channel++) {
                    indices[at++] = shape.index(y, x, channel);
                }
            }
        }
        return new Window(indices);
    }

    @Override
    public Map<String, Object> parameters() {
        return Map.of(
                "sliding_window_shapes", slidingWindowShapes.asList(),
                "strides", strides.asList(),
                "baselines", baselines);
    }
}
