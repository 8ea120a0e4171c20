package io.karyoflow.inference.prediction;

import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.model.ModelDescription;
import io.karyoflow.common.runtime.Classifier;
import java.util.ArrayList;
import java.util.List;

/** Says class 1 with a probability of red / 255, where red is that of the image's first pixel. Remembers its batches. */
final class FirstPixelModel implements Classifier {
    final List<Call> calls = new ArrayList<>();

    record Call(int count, int height, int width) {}

    @Override
    public String id() {
        return "first-pixel";
    }

    @Override
    public ModelDescription description() {
        return new ModelDescription(
                Architecture.CONVNET,
                Hyperparameters.DEFAULTS,
                List.of("dark", "red"),
                8,
                8,
                new EpochMetrics(0, 1, 1),
                1,
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
    public Classification classify(float[] images, int count, int height, int width) {
        calls.add(new Call(count, height, width));
        float[][] probabilities = new float[count][];
        for (int i = 0; i < count; i++) {
            float red = images[i * height * width * 3] / 255;
            probabilities[i] = new float[] {1 - red, red};
        }
        return new Classification(probabilities, probabilities);
    }
}
