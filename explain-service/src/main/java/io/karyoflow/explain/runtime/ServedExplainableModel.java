package io.karyoflow.explain.runtime;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.image.RgbImage;
import io.karyoflow.common.runtime.ImageBatch;
import io.karyoflow.common.runtime.MissingSignatureException;
import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.explain.attribution.Activations;
import io.karyoflow.explain.attribution.ExplainableModel;
import io.karyoflow.explain.attribution.InputShape;
import io.karyoflow.explain.attribution.UnsupportedByModelException;
import java.util.Arrays;
import java.util.List;

/**
 * A served model as the attribution methods see it. Batches are computed in parts side by side: on networks as small as
 * those of nuclei the threads of one operation spend much of their time on waiting for each other.
 */
public final class ServedExplainableModel implements ExplainableModel {
    private final ServedModel model;
    private final InputShape shape;
    private final SideBySide sideBySide;
    private final ColourStatistics colours;

    /** The model on slides of usual colours. */
    public ServedExplainableModel(ServedModel model, SideBySide sideBySide) {
        this(model, sideBySide, ColourStatistics.USUAL);
    }

    /** @param colours by which it sees glass, as it sees the images to be explained */
    public ServedExplainableModel(ServedModel model, SideBySide sideBySide, ColourStatistics colours) {
        this.model = model;
        this.shape = inputShape(model);
        this.sideBySide = sideBySide;
        this.colours = colours;
    }

    public static InputShape inputShape(ServedModel model) {
        return new InputShape(
                model.description().inputHeight(), model.description().inputWidth(), 3);
    }

    @Override
    public InputShape inputShape() {
        return shape;
    }

    @Override
    public float[] white() {
        byte[] rgb = new byte[shape.size()];
        Arrays.fill(rgb, (byte) 255);
        RgbImage glass = new RgbImage(shape.height(), shape.width(), rgb);
        ImageBatch images = ImageBatch.of(List.of(glass), List.of(colours));
        return Arrays.copyOf(model.preprocess(images), shape.channels());
    }

    @Override
    public double temperature() {
        return model.description().temperature();
    }

    @Override
    public float[][] logits(float[] inputs, int count) {
        shape.check(inputs, count);
        float[][] logits = new float[count][];
        sideBySide.run(count, part -> {
            float[][] ofPart = model.logits(part.cut(inputs, shape.size()), part.count());
            System.arraycopy(ofPart, 0, logits, part.from(), part.count());
        });
        return logits;
    }

    @Override
    public float[] gradient(float[] inputs, int[] targets) {
        shape.check(inputs, targets.length);
        float[] gradient = new float[inputs.length];
        try {
            sideBySide.run(targets.length, part -> {
                float[] ofPart = model.gradient(part.cut(inputs, shape.size()), part.cut(targets));
                System.arraycopy(ofPart, 0, gradient, part.from() * shape.size(), ofPart.length);
            });
            return gradient;
        } catch (MissingSignatureException e) {
            throw new UnsupportedByModelException("gradients with respect to its input");
        }
    }

    @Override
    public Activations lastConvolution(float[] inputs, int[] targets) {
        try {
            ServedModel.LastConvolution last = model.lastConvolution(inputs, targets);
            return new Activations(last.height(), last.width(), last.channels(), last.activations(), last.gradients());
        } catch (MissingSignatureException e) {
            throw new UnsupportedByModelException("activations and gradients of its last convolution");
        }
    }
}
