package io.karyoflow.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.trainer.data.Batch;
import io.karyoflow.trainer.data.TinyBatch;
import io.karyoflow.trainer.network.ConvNet;
import io.karyoflow.trainer.network.WeightValues;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingSessionTest {
    private static final ConvNet NETWORK = new ConvNet(16, 4, 3);
    private static final Batch BATCH = TinyBatch.of(24, 20, 20, 1);

    @Test
    void lossFallsAndTheNetworkInUseHasLearnedToo() {
        try (TrainingSession session = session(0.2, 7)) {
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
        try (TrainingSession session = session(0, 7)) {
            float[] before = session.weights().get("convolution1.mean").values();
            session.step(BATCH, 1e-3);
            float[] after = session.weights().get("convolution1.mean").values();

            assertThat(before).containsOnly(0f);
            assertThat(after).isNotEqualTo(before);
        }
    }

    @Test
    void onlyTheHeadLearnsIfAskedTo() {
        Map<String, WeightValues> start = weightsAfterSteps(1);
        Map<String, WeightValues> after = weightsAfter(start, Map.of("trainable", "head"));

        assertThat(changed(start, after)).isNotEmpty().allMatch(name -> name.startsWith("dense"));
    }

    @Test
    void frozenStatisticsStayWhileWeightsLearn() {
        Map<String, WeightValues> start = weightsAfterSteps(1);
        Map<String, WeightValues> after = weightsAfter(start, Map.of("frozenStatistics", true));

        assertThat(changed(start, after))
                .contains("convolution1.filter", "convolution6.scale", "dense1.mean")
                .noneMatch(name -> name.matches("convolution.*(mean|variance)"));
    }

    @Test
    void partsLearnAtTheirOwnRates() {
        Map<String, WeightValues> start = weightsAfterSteps(1);
        try (TrainingSession session =
                new TrainingSession(NETWORK, Hyperparameters.DEFAULTS, start, 1, Compute.ONE_THREAD)) {
            session.step(BATCH, new double[] {0, 0, 1e-3, 1e-3});

            assertThat(session.parts()).isEqualTo(4);
            assertThat(changed(start, session.weights()))
                    .filteredOn(name -> name.endsWith(".filter"))
                    .containsExactly("convolution5.filter", "convolution6.filter");
        }
    }

    @Test
    void smoothedLabelsNeverFitEntirely() {
        Hyperparameters smoothed = Hyperparameters.of(Map.of("labelSmoothing", 0.3, "dropout", 0.0));
        try (TrainingSession session = new TrainingSession(NETWORK, smoothed, Map.of(), 7, Compute.ONE_THREAD)) {
            double loss = 0;
            for (int i = 0; i < 60; i++) {
                loss = session.step(BATCH, 3e-3).loss();
            }

            // the least that is possible: the entropy of a label that is 0.8 for its class and 0.1 for the two others
            double entropy = -0.8 * Math.log(0.8) - 0.2 * Math.log(0.1);
            assertThat(loss).isBetween(entropy, entropy + 0.1);
        }
    }

    @Test
    void lossThatIsNotFiniteIsSaid() {
        try (TrainingSession session = session(0, 7)) {
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
        try (TrainingSession session = session(0.3, seed)) {
            for (int i = 0; i < 5; i++) {
                session.step(BATCH, 1e-3);
            }
            return session.weights();
        }
    }

    private static Map<String, WeightValues> weightsAfter(
            Map<String, WeightValues> start, Map<String, Object> hyperparameters) {
        try (TrainingSession session =
                new TrainingSession(NETWORK, Hyperparameters.of(hyperparameters), start, 1, Compute.ONE_THREAD)) {
            session.step(BATCH, 1e-3);
            return session.weights();
        }
    }

    private static List<String> changed(Map<String, WeightValues> before, Map<String, WeightValues> after) {
        return before.keySet().stream()
                .filter(name -> !Arrays.equals(
                        before.get(name).values(), after.get(name).values()))
                .toList();
    }

    private static TrainingSession session(double dropout, long seed) {
        return new TrainingSession(
                NETWORK, Hyperparameters.of(Map.of("dropout", dropout)), Map.of(), seed, Compute.ONE_THREAD);
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
