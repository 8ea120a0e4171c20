package io.karyoflow.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.StainNormalisation;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class FeatureGraphTest {
    private static final Network NETWORK = new ConvNet(16, 2, 3);

    private final Map<String, WeightValues> weights = new HashMap<>(FormulaTensors.weights(NETWORK));

    @Test
    void isTheSameForTheSameNetworkAndWeights() {
        assertThat(FeatureGraph.sha256(new ConvNet(16, 2, 3), FormulaTensors.weights(NETWORK)))
                .isEqualTo(FeatureGraph.sha256(NETWORK, weights))
                .hasSize(64);
    }

    @Test
    void isAnotherForAnotherWeightBeforeTheHeadAlone() {
        String before = FeatureGraph.sha256(NETWORK, weights);

        weights.get("dense2.matrix").values()[0]++;
        assertThat(FeatureGraph.sha256(NETWORK, weights)).isEqualTo(before);
        weights.get("convolution1.filter").values()[0]++;
        assertThat(FeatureGraph.sha256(NETWORK, weights)).isNotEqualTo(before);
    }

    @Test
    void isAnotherForOtherPreprocessing() {
        assertThat(FeatureGraph.sha256(new StainNormalised(NETWORK, StainNormalisation.HAEMATOXYLIN), weights))
                .isNotEqualTo(FeatureGraph.sha256(NETWORK, weights));
    }

    /** As by a trainer of another version. */
    @Test
    void isAnotherWhereTheSameNameStandsForOtherOperations() {
        assertThat(FeatureGraph.sha256(new Changed(NETWORK), weights))
                .isNotEqualTo(FeatureGraph.sha256(NETWORK, weights));
    }

    private record Changed(Network before) implements Network {
        @Override
        public Operand<TFloat32> features(Layers layers, Operand<TFloat32> activations) {
            return layers.flatten(activations);
        }

        @Override
        public Architecture architecture() {
            return before.architecture();
        }

        @Override
        public int inputSize() {
            return before.inputSize();
        }

        @Override
        public int classes() {
            return before.classes();
        }

        @Override
        public Preprocessing preprocessing() {
            return before.preprocessing();
        }

        @Override
        public TensorNames tensorNames() {
            return before.tensorNames();
        }

        @Override
        public Operand<TFloat32> activations(Layers layers, Operand<TFloat32> input) {
            return before.activations(layers, input);
        }

        @Override
        public Operand<TFloat32> head(Layers layers, Operand<TFloat32> features) {
            return before.head(layers, features);
        }
    }
}
