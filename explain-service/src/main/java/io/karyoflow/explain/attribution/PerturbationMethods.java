package io.karyoflow.explain.attribution;

import io.karyoflow.explain.attribution.CataloguedMethod.Needs;
import java.util.List;
import java.util.function.Function;

/** The catalogue's entries for methods that need no gradients, but hundreds of altered copies of each input. */
final class PerturbationMethods {
    private static final Option<Function<InputShape, Baseline>> BASELINES =
            BaselineOption.named("baselines", "what is hidden becomes this");
    private static final Option<Occlusion.Steps> SLIDING_WINDOW_SHAPES = Option.steps(
            "sliding_window_shapes",
            null,
            shape -> new Occlusion.Steps(shape.channels(), fifth(shape.height()), fifth(shape.width())),
            "what one window hides; by default all channels of a fifth of the height and of the width");
    private static final Option<Occlusion.Steps> STRIDES = Option.steps(
            "strides",
            Occlusion.DEFAULT_STRIDES.asList(),
            any -> Occlusion.DEFAULT_STRIDES,
            "how far the window moves, at most its own size; larger is quicker and coarser");
    private static final Option<Integer> PERTURBATIONS_PER_EVAL = Option.integer(
            "perturbations_per_eval",
            BatchSize.DEFAULT.inputs(),
            1,
            BatchSize.DEFAULT.inputs(),
            "altered copies that go through the model together, at most; less for large inputs; changes no value");
    private static final Option<Integer> N_MASKS =
            Option.integer("n_masks", 1000, 1, 20_000, "random masks; more are slower and steadier");
    private static final Option<Integer> N_CELLS = Option.integerBySize(
            "n_cells",
            shape -> Math.max(1, Math.min(7, Math.min(shape.height(), shape.width()) / 2)),
            1,
            64,
            "cells of a mask in each direction; by default 7, fewer where cells would have less than 2 pixels");
    private static final Option<Double> P =
            Option.number("p", 0.5, 0, true, 1, "the probability that a mask keeps a cell");
    private static final Option<Integer> SEED =
            Option.integer("seed", 0, 0, Integer.MAX_VALUE, "same image, model and seed: same map");

    static final CataloguedMethod OCCLUSION = new CataloguedMethod(
            "occlusion",
            "Occlusion",
            "How far the score falls when a part of the image is hidden.",
            Needs.LOGITS,
            true,
            List.of(SLIDING_WINDOW_SHAPES, STRIDES, BASELINES, PERTURBATIONS_PER_EVAL),
            (options, batchSize) -> new Occlusion(
                    options.get(SLIDING_WINDOW_SHAPES),
                    options.get(STRIDES),
                    options.get(BASELINES).apply(options.shape()),
                    batchSize.atMost(options.get(PERTURBATIONS_PER_EVAL))));

    static final CataloguedMethod RISE = new CataloguedMethod(
            "rise",
            "RISE",
            "Which pixels were there when the model, shown random parts of the image, saw the class.",
            Needs.LOGITS,
            true,
            List.of(N_MASKS, N_CELLS, P, SEED, BASELINES, PERTURBATIONS_PER_EVAL),
            (options, batchSize) -> new Rise(
                    options.get(N_MASKS),
                    new RandomGrids(options.get(SEED), options.get(N_CELLS), options.get(P)),
                    options.get(BASELINES).apply(options.shape()),
                    batchSize.atMost(options.get(PERTURBATIONS_PER_EVAL))));

    private PerturbationMethods() {}

    private static int fifth(int side) {
        return (int) Math.max(1, Math.round(side / 5.0));
    }
}
