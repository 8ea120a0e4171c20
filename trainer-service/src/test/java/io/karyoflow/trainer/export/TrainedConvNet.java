package io.karyoflow.trainer.export;

import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.trainer.data.Batch;
import io.karyoflow.trainer.data.TinyBatch;
import io.karyoflow.trainer.network.ConvNet;
import io.karyoflow.trainer.network.WeightValues;
import io.karyoflow.trainer.training.Compute;
import io.karyoflow.trainer.training.TrainingSession;
import java.util.HashMap;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * A small network that has learned a little, and how tests ask what it is exported to.
 *
 * @param logits of {@link #IMAGES}, by the session that trained it; [N][C]
 */
record TrainedConvNet(Map<String, WeightValues> weights, float[][] logits) {
    static final ConvNet NETWORK = new ConvNet(16, 4, 3);
    static final float TEMPERATURE = 2f;
    /** not square, and not of the input's size */
    static final Batch IMAGES = TinyBatch.of(3, 20, 24, 5);
    /** Trained once, for all tests of this package. */
    static final TrainedConvNet TRAINED = train();

    private static TrainedConvNet train() {
        try (TrainingSession session = new TrainingSession(
                NETWORK, Hyperparameters.DEFAULTS, 2, new float[] {1, 1, 1}, Map.of(), 1, new Compute(1))) {
            Batch batch = TinyBatch.of(24, 20, 20, 1);
            for (int i = 0; i < 15; i++) {
                session.step(batch, 2e-3);
            }
            return new TrainedConvNet(session.weights(), session.logits(IMAGES));
        }
    }

    /** {@link #IMAGES} as a model takes them. */
    static TFloat32 images() {
        float[] values = new float[IMAGES.rgb().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = IMAGES.rgb()[i] & 255;
        }
        return TFloat32.tensorOf(Shape.of(3, 20, 24, 3), DataBuffers.of(values));
    }

    /** What the network sees of three images. */
    static TFloat32 input(float[] values) {
        return TFloat32.tensorOf(Shape.of(3, 16, 16, 3), DataBuffers.of(values));
    }

    /** What a signature answers, by name; closes its inputs. */
    static Map<String, float[]> call(SavedModelBundle model, String signature, Map<String, Tensor> inputs) {
        try (Result result = model.function(signature).call(inputs)) {
            Map<String, float[]> values = new HashMap<>();
            result.forEach(output -> values.put(output.getKey(), values(output.getValue())));
            return values;
        } finally {
            inputs.values().forEach(Tensor::close);
        }
    }

    static float[] values(Tensor tensor) {
        float[] copy = new float[(int) tensor.shape().size()];
        tensor.asRawTensor().data().asFloats().read(copy);
        return copy;
    }
}
