package io.karyoflow.explain.explanation;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.model.ImageSizes;
import io.karyoflow.common.model.ModelDescription;
import io.karyoflow.common.runtime.ImageBatch;
import io.karyoflow.common.runtime.MissingSignatureException;
import io.karyoflow.common.runtime.ServedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A model that sees the mean colour of an image as its only pixel (0..1), with the red, green and blue of it as the three
 * logits: an image's class is its strongest colour. One that sees slides sees it less by the slide's mean colours.
 */
public class LinearServedModel implements ServedModel {
    public static final List<String> CLASSES = List.of("red", "green", "blue");

    public static final Hyperparameters OF_SLIDES = Hyperparameters.of(Map.of("stainNormalisation", "slide"));

    final List<ImageBatch> classified = new ArrayList<>();
    boolean failsOnBlue;
    boolean givesGradients = true;
    double temperature = 1;
    /** Of what it learned from, null if it does not say. */
    ImageSizes sizes;

    private final Hyperparameters hyperparameters;

    public LinearServedModel() {
        this(Hyperparameters.DEFAULTS);
    }

    public LinearServedModel(Hyperparameters hyperparameters) {
        this.hyperparameters = hyperparameters;
    }

    @Override
    public String id() {
        return "linear";
    }

    @Override
    public ModelDescription description() {
        return new ModelDescription(
                Architecture.CONVNET,
                hyperparameters,
                CLASSES,
                1,
                1,
                sizes,
                new EpochMetrics(0, 1, 1),
                temperature,
                "dataset",
                0,
                1,
                0,
                "study",
                "trial",
                "test",
                null);
    }

    @Override
    public Classification classify(ImageBatch images) {
        classified.add(images);
        float[][] logits = logits(preprocess(images), images.count());
        float[][] probabilities = new float[images.count()][3];
        for (int n = 0; n < probabilities.length; n++) {
            double sum = 0;
            for (float logit : logits[n]) {
                sum += Math.exp(logit / temperature);
            }
            for (int c = 0; c < 3; c++) {
                probabilities[n][c] = (float) (Math.exp(logits[n][c] / temperature) / sum);
            }
        }
        return new Classification(probabilities, logits);
    }

    @Override
    public float[] preprocess(ImageBatch images) {
        float[] inputs = new float[images.count() * 3];
        int pixels = images.height() * images.width();
        for (int i = 0; i < images.pixels().length; i++) {
            inputs[i / (pixels * 3) * 3 + i % 3] += images.pixels()[i] / 255 / pixels;
        }
        if (description().seesSlides()) {
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] -= images.colours()[i / 3 * ColourStatistics.NUMBERS + i % 3];
            }
        }
        return inputs;
    }

    @Override
    public float[][] logits(float[] inputs, int count) {
        float[][] logits = new float[count][3];
        for (int i = 0; i < inputs.length; i++) {
            logits[i / 3][i % 3] = inputs[i];
        }
        return logits;
    }

    @Override
    public float[] gradient(float[] inputs, int[] targets) {
        if (!givesGradients) {
            throw new MissingSignatureException(id(), "gradient");
        }
        float[] gradient = new float[inputs.length];
        for (int n = 0; n < targets.length; n++) {
            if (failsOnBlue && targets[n] == 2) {
                throw new IllegalStateException("blue is too much");
            }
            gradient[n * 3 + targets[n]] = 1;
        }
        return gradient;
    }

    /** It has no convolution. */
    @Override
    public LastConvolution lastConvolution(float[] inputs, int[] targets) {
        throw new MissingSignatureException(id(), "activations");
    }

    @Override
    public void close() {
        // holds nothing
    }
}
