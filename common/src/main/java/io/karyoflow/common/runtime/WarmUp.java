package io.karyoflow.common.runtime;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.image.RgbImage;
import java.util.Collections;

/**
 * First calls: TensorFlow plans and compiles a graph when it first runs, which takes a hundred times as long as a later
 * call, and a model that cannot answer is found out here instead of on a request.
 */
final class WarmUp {
    private static final int IMAGES = 8;

    private WarmUp() {}

    /** @throws IllegalArgumentException if an answer has not one number for each class */
    static void run(Classifier model) {
        int height = model.description().inputHeight();
        int width = model.description().inputWidth();
        int classes = model.description().classes().size();
        for (int count : new int[] {1, IMAGES}) {
            RgbImage black = new RgbImage(height, width, new byte[height * width * 3]);
            Classifier.Classification answer = model.classify(ImageBatch.of(
                    Collections.nCopies(count, black), Collections.nCopies(count, ColourStatistics.USUAL)));
            if (answer.probabilities().length != count) {
                throw new IllegalArgumentException(
                        "asked for " + count + " images it answers " + answer.probabilities().length);
            }
            for (float[] row : answer.probabilities()) {
                check(row, classes);
            }
        }
    }

    private static void check(float[] probabilities, int classes) {
        double sum = 0;
        for (float probability : probabilities) {
            sum += probability;
        }
        if (probabilities.length != classes || !(Math.abs(sum - 1) < 1e-3)) {
            throw new IllegalArgumentException("its " + probabilities.length + " probabilities sum to " + sum
                    + "; expected " + classes + " that sum to 1");
        }
    }
}
