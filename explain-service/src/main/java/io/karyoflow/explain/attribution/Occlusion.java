package io.karyoflow.explain.attribution;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Occlusion: how far the score falls when a part of the input is hidden.
 *
 * <pre>M(x)_p = mean over windows w that cover p of  S_c(x) - S_c(x with b inside w)</pre>
 *
 * S_c is the target's score, b the baseline. Windows of the shape {@code sliding_window_shapes} stand at every multiple
 * of {@code strides}; the last of a row, a column or the channels is clipped at the input's edge. Zeiler, Fergus:
 * Visualizing and Understanding Convolutional Networks (2014), <a
 * href="https://arxiv.org/abs/1311.2901">arXiv:1311.2901</a>.
 *
 * @param slidingWindowShapes what one window hides
 * @param strides how far the window moves; at most its shape, so that windows leave no gap
 * @param baselines what hidden values become
 * @param perturbationsPerEval occluded copies, of whichever inputs, that go through the model together
 */
public record Occlusion(Steps slidingWindowShapes, Steps strides, Baseline baselines, BatchSize perturbationsPerEval)
        implements AttributionMethod {
    public static final Steps DEFAULT_STRIDES = new Steps(1, 1, 1);

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

    /** @throws IllegalArgumentException if strides leave gaps */
    public Occlusion {
        if (strides.channels > slidingWindowShapes.channels
                || strides.height > slidingWindowShapes.height
                || strides.width > slidingWindowShapes.width) {
            throw new IllegalArgumentException("strides " + strides.asList() + " must not exceed sliding_window_shapes "
                    + slidingWindowShapes.asList());
        }
    }

    /** Captum's defaults: a stride of 1, a baseline of 0. */
    public Occlusion(Steps slidingWindowShapes) {
        this(slidingWindowShapes, DEFAULT_STRIDES, Baseline.zero(), BatchSize.DEFAULT);
    }

    @Override
    public List<AttributionMap> attribute(ExplainableModel model, float[] inputs, List<Target> targets) {
        InputShape shape = model.inputShape();
        shape.check(inputs, targets.size());
        Windows windows = new Windows(shape, slidingWindowShapes, strides);
        double[] falls = sumsOfFalls(model, inputs, targets, windows);
        int[] covering = new int[shape.size()];
        for (int w = 0; w < windows.count(); w++) {
            windows.forEachRun(w, (start, end) -> {
                for (int i = start; i < end; i++) {
                    covering[i]++;
                }
            });
        }
        float[] means = new float[inputs.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = (float) (falls[i] / covering[i % covering.length]);
        }
        return AttributionMap.split(shape, means);
    }

    /** [N * height * width * channels]; copy 0 of an input is the input itself, copy w + 1 has window w hidden. */
    private double[] sumsOfFalls(ExplainableModel model, float[] inputs, List<Target> targets, Windows windows) {
        int size = model.inputShape().size();
        float[] hidden = baselines.of(model.inputShape(), inputs);
        double[] falls = new double[inputs.length];
        float[] scores = new float[targets.size()];
        AlteredCopies.Alteration hide = (input, copy, values, from) -> {
            if (copy > 0) {
                windows.forEachRun(
                        copy - 1,
                        (start, end) ->
                                System.arraycopy(hidden, input * size + start, values, from + start, end - start));
            }
        };
        new AlteredCopies(model, perturbationsPerEval, inputs, targets.size(), windows.count() + 1)
                .logits(hide, (input, copy, logits) -> {
                    float score = targets.get(input).score(logits);
                    if (copy == 0) {
                        scores[input] = score;
                    } else {
                        float fall = scores[input] - score;
                        windows.forEachRun(copy - 1, (start, end) -> {
                            for (int i = start; i < end; i++) {
                                falls[input * size + i] += fall;
                            }
                        });
                    }
                });
        return falls;
    }

    @Override
    public String name() {
        return "occlusion";
    }

    @Override
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("sliding_window_shapes", slidingWindowShapes.asList());
        parameters.put("strides", strides.asList());
        parameters.put("baselines", baselines.parameter());
        return parameters;
    }

    @Override
    public boolean multipliesByInputs() {
        return true;
    }
}
