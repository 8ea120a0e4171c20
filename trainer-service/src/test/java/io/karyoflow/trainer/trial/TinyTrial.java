package io.karyoflow.trainer.trial;

import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.trainer.TinyNuclei;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A ConvNet and a data set so small that an epoch, of 6 steps, takes a fraction of a second. */
final class TinyTrial {
    static final int IMAGES = 90;

    private static final Map<String, Object> HYPERPARAMETERS =
            Map.of("inputSize", 16, "width", 4, "batchSize", 10, "learningRate", 0.002, "dropout", 0.1);

    private TinyTrial() {}

    static List<LabelledImage> published() {
        return TinyNuclei.images("d", IMAGES, 16);
    }

    /** @param over hyperparameters other than usual */
    static TrialRequested request(int epochs, Map<String, Object> over) {
        Map<String, Object> values = new HashMap<>(HYPERPARAMETERS);
        values.putAll(over);
        return new TrialRequested(
                "t",
                1,
                "s",
                Architecture.CONVNET,
                Hyperparameters.of(values),
                epochs,
                11,
                TinyNuclei.registration("d", IMAGES, List.of()),
                0);
    }
}
