package io.karyoflow.trainer.trial;

import io.karyoflow.common.message.ClassBalance;
import java.util.Arrays;

/** What images weigh in the loss, so that rare classes count. */
final class ClassWeights {
    private ClassWeights() {}

    /**
     * The weight of a class with share s of the images is 1 / s, or the square root of that, scaled so that the mean over all
     * images is 1.
     *
     * @param counts [C], training images of each class; a class with none weighs nothing
     * @return [C]
     */
    static float[] of(ClassBalance balance, int[] counts) {
        double power =
                switch (balance) {
                    case NONE, SAMPLING -> 0;
                    case SQUARE_ROOT -> 0.5;
                    case WEIGHTS -> 1;
                };
        double images = Arrays.stream(counts).sum();
        double total = 0;
        for (int count : counts) {
            total += count == 0 ? 0 : count * Math.pow(count, -power);
        }
        float[] weights = new float[counts.length];
        for (int c = 0; c < counts.length; c++) {
            weights[c] = counts[c] == 0 ? 0 : (float) (Math.pow(counts[c], -power) * images / total);
        }
        return weights;
    }
}
