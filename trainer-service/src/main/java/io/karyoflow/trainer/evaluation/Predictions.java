package io.karyoflow.trainer.evaluation;

import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.validation.ConfusionMatrix;
import java.util.ArrayList;
import java.util.List;

/** What a network said of images whose label is known; grows batch by batch. */
public final class Predictions {
    private final int classes;
    private final List<float[]> logits = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();

    /** @param classes C */
    public Predictions(int classes) {
        this.classes = classes;
    }

    /**
     * @param logits [N][C]
     * @param labels [N], 0 to C - 1
     */
    public void add(float[][] logits, int[] labels) {
        for (int i = 0; i < labels.length; i++) {
            this.logits.add(logits[i]);
            this.labels.add(labels[i]);
        }
    }

    /** C */
    public int classes() {
        return classes;
    }

    public int size() {
        return labels.size();
    }

    /** [C]. @param image 0 to N - 1, in the order they were added */
    public float[] logits(int image) {
        return logits.get(image).clone();
    }

    /** @param image 0 to N - 1, in the order they were added */
    public int label(int image) {
        return labels.get(image);
    }

    /**
     * The class with the largest logit, whatever the temperature; the first of equals.
     *
     * @param image 0 to N - 1, in the order they were added
     */
    public int predicted(int image) {
        return Softmax.largest(logits.get(image));
    }

    /**
     * @param image 0 to N - 1, in the order they were added
     * @param temperature logits are divided by it, above 0
     * @return [C], summing to 1
     */
    public double[] probabilities(int image, double temperature) {
        return Softmax.probabilities(logits.get(image), temperature);
    }

    /** Those of some images, in the order that these are given in. */
    Predictions of(int[] images) {
        Predictions some = new Predictions(classes);
        for (int image : images) {
            some.logits.add(logits.get(image));
            some.labels.add(labels.get(image));
        }
        return some;
    }

    public ConfusionMatrix confusionMatrix() {
        ConfusionMatrix matrix = new ConfusionMatrix(classes);
        for (int i = 0; i < size(); i++) {
            matrix.count(label(i), predicted(i));
        }
        return matrix;
    }

    /**
     * Mean of -log p(label), in nats.
     *
     * @param temperature logits are divided by it, above 0
     */
    public double meanCrossEntropy(double temperature) {
        double sum = 0;
        for (int i = 0; i < size(); i++) {
            sum -= Softmax.logProbability(logits.get(i), label(i), temperature);
        }
        return sum / size();
    }

    /** The same if the images could be of any class, each as likely as the others. */
    double meanCrossEntropyOfAnyLabel(double temperature) {
        double sum = 0;
        for (float[] scores : logits) {
            sum -= Softmax.meanLogProbability(scores, temperature);
        }
        return sum / size();
    }

    public EpochMetrics metrics() {
        ConfusionMatrix matrix = confusionMatrix();
        return new EpochMetrics(meanCrossEntropy(1), matrix.accuracy(), matrix.macroF1());
    }
}
