package io.karyoflow.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.trainer.data.Batch;
import io.karyoflow.trainer.data.TinyBatch;
import io.karyoflow.trainer.network.ConvNet;
import io.karyoflow.trainer.network.WeightValues;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingSessionTest {
    private static final ConvNet NETWORK = new ConvNet(16, 4, 3);
    private static final Batch BATCH = TinyBatch.of(24, 20, 20, 1);

    @Test
    void lossFallsAndTheNetworkInUseHasLearnedToo() {
        try (TrainingSession session = new TrainingSession(NETWORK, 0.2, 7, Compute.ONE_THREAD)) {
            double first = session.step(BATCH, 3e-3).loss();
            for (int i = 0; i < 60; i++) {
                session.step(BATCH, 3e-3);
            }
            double last = session.step(BATCH, 3e-3).loss();

            assertThat(last).isLessThan(first / 4);
            // images it has not seen, through moving averages and without dropout
            Batch others = TinyBatch.of(24, 20, 20, 2);
            assertThat(right(session.logits(others), others.labels())).isGreaterThanOrEqualTo(22);
        }
    }

    @Test
    void sameSeedSameWeights() {
        Map<String, WeightValues> first = weightsAfterSteps(7);
        Map<String, WeightValues> again = weightsAfterSteps(7);
        Map<String, WeightValues> other = weightsAfterSteps(8);

        assertThat(first.keySet()).isEqualTo(again.keySet());
        first.forEach(
                (name, weight) -> assertThat(again.get(name).values()).as(name).isEqualTo(weight.values()));
        assertThat(other.get("dense1.matrix").values())
                .isNotEqualTo(first.get("dense1.matrix").values());
    }

    @Test
    void eightLayersHaveWeights() {
        assertThat(weightsAfterSteps(1).keySet())
                .filteredOn(name -> name.endsWith(".filter") || name.endsWith(".matrix"))
                .hasSize(8);
    }

    @Test
    void movingAveragesFollowTheBatches() {
        try (TrainingSession session = new TrainingSession(NETWORK, 0, 7, Compute.ONE_THREAD)) {
            float[] before = session.weights().get("convolution1.mean").values();
            session.step(BATCH, 1e-3);
            float[] after = session.weights().get("convolution1.mean").values();

            assertThat(before).containsOnly(0f);
            assertThat(after).isNotEqualTo(before);
        }
    }

    @Test
    void lossThatIsNotFiniteIsSaid() {
        try (TrainingSession session = new TrainingSession(NETWORK, 0, 7, Compute.ONE_THREAD)) {
            // normalisation keeps the loss finite at any merely absurd rate; a rate beyond float's range breaks the
            // weights
            session.step(BATCH, 1e39);
            assertThatThrownBy(() -> session.step(BATCH, 1e39))
                    .isInstanceOf(DivergedException.class)
                    .hasMessageContaining("learning rate");
        }
    }

    @Test
    void deviceIsThereAndNamed() {
        assertThat(Device.detect().name()).matches("CPU|GPU:0");
    }

    private static Map<String, WeightValues> weightsAfterSteps(long seed) {
        try (TrainingSession session = new TrainingSession(NETWORK, 0.3, seed, Compute.ONE_THREAD)) {
            for (int i = 0; i < 5; i++) {
                session.step(BATCH, 1e-3);
            }
            return session.weights();
        }
    }

    private static long right(float[][] logits, int[] labels) {
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            float[] row = logits[i].clone();
            Arrays.sort(row);
            right += logits[i][labels[i]] == row[row.length - 1] ? 1 : 0;
        }
        return right;
    }
}
