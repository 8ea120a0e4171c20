package io.karyoflow.trainer.export;

import static io.karyoflow.trainer.export.TrainedConvNet.IMAGES;
import static io.karyoflow.trainer.export.TrainedConvNet.NETWORK;
import static io.karyoflow.trainer.export.TrainedConvNet.TEMPERATURE;
import static io.karyoflow.trainer.export.TrainedConvNet.TRAINED;
import static io.karyoflow.trainer.export.TrainedConvNet.call;
import static io.karyoflow.trainer.export.TrainedConvNet.images;
import static io.karyoflow.trainer.export.TrainedConvNet.input;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.common.model.Signatures;
import io.karyoflow.trainer.training.Compute;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.SavedModelBundle;

/** Where answers are averaged over orientations, each of the eight counts once. */
class OrientationsTest {
    @TempDir
    Path folder;

    @Test
    void averagedLogitsAreTheMeanOverFlipsAndTurns() throws IOException {
        ExportModel.to(folder.resolve("exported"), NETWORK, TRAINED.weights(), TEMPERATURE, true);
        try (SavedModelBundle model =
                        SavedModelBundle.load(folder.resolve("exported").toString());
                StoredNetwork stored = new StoredNetwork(NETWORK, TRAINED.weights(), true, 2, new Compute(1))) {
            float[] input = call(model, Signatures.PREPROCESS, Map.of(Signatures.IMAGE, images()))
                    .get(Signatures.INPUT);
            float[] served = call(model, Signatures.SERVING, Map.of(Signatures.IMAGE, images()))
                    .get(Signatures.LOGITS);
            float[] averaged = call(model, Signatures.AVERAGED, Map.of(Signatures.IMAGE, images()))
                    .get(Signatures.LOGITS);

            float[] mean = new float[9];
            for (int turns = 0; turns < 8; turns++) {
                float[] laid = turns % 4 == 0 && turns > 0 ? flipped(input) : input;
                input = turned(laid);
                float[] logits = call(model, Signatures.LOGITS, Map.of(Signatures.INPUT, input(input)))
                        .get(Signatures.LOGITS);
                for (int i = 0; i < 9; i++) {
                    mean[i] += logits[i] / 8;
                }
            }
            assertThat(served).containsExactly(mean, within(1e-4f));
            assertThat(averaged).containsExactly(mean, within(1e-4f));
            float[][] evaluated = stored.logits(IMAGES);
            assertThat(evaluated[1]).containsExactly(Arrays.copyOfRange(mean, 3, 6), within(1e-4f));
        }
    }

    /** Each of three inputs of 16 x 16 x 3 turned by a quarter. */
    private static float[] turned(float[] input) {
        return moved(input, (y, x) -> new int[] {x, 15 - y});
    }

    private static float[] flipped(float[] input) {
        return moved(input, (y, x) -> new int[] {y, 15 - x});
    }

    private static float[] moved(float[] input, BiFunction<Integer, Integer, int[]> to) {
        float[] moved = new float[input.length];
        for (int i = 0; i < input.length; i++) {
            int[] place = to.apply(i / 48 % 16, i / 3 % 16);
            moved[i / 768 * 768 + place[0] * 48 + place[1] * 3 + i % 3] = input[i];
        }
        return moved;
    }
}
