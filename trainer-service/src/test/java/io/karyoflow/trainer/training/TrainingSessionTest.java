package io.karyoflow.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.trainer.data.Batch;
import io.karyoflow.trainer.data.FeatureBatch;
import io.karyoflow.trainer.data.TinyBatch;
import io.karyoflow.trainer.network.ConvNet;
import io.karyoflow.trainer.network.WeightValues;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        try (TrainingSession session = session(Map.of(), start, 1)) {
            session.step(BATCH, new double[] {0, 0, 1e-3, 1e-3});

            assertThat(session.parts()).isEqualTo(4);
            assertThat(changed(start, session.weights()))
                    .filteredOn(name -> name.endsWith(".filter"))
                    .containsExactly("convolution5.filter", "convolution6.filter");
        }
    }

    @Test
    void smoothedLabelsNeverFitEntirely() {
        Map<String, Object> smoothed = Map.of("labelSmoothing", 0.3, "dropout", 0.0);
        try (TrainingSession session = session(smoothed, Map.of(), 7)) {
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

    @ParameterizedTest
    @ValueSource(strings = {"adamw", "adam", "sgd"})
    void aRestoredSessionGoesOnAsTheOtherWouldHave(String optimiser) {
        Map<String, Object> hyperparameters =
                Map.of("optimiser", optimiser, "dropout", 0.3, "weightAveraging", 0.9, "weightDecay", 0.01);
        try (TrainingSession first = session(hyperparameters, Map.of(), 7);
                TrainingSession second = session(hyperparameters, Map.of(), 7)) {
            for (int i = 0; i < 3; i++) {
                first.step(BATCH, 3e-3);
            }
            second.restore(first.state());
            for (int i = 0; i < 3; i++) {
                assertThat(second.step(BATCH, 3e-3).loss())
                        .isEqualTo(first.step(BATCH, 3e-3).loss());
            }
            assertThat(changed(first.weights(), second.weights())).isEmpty();
            assertThat(second.logits(BATCH)).isDeepEqualTo(first.logits(BATCH));
        }
    }

    @Test
    void averagedWeightsLagBehindThoseThatLearn() {
        try (TrainingSession session = session(Map.of("weightAveraging", 0.99), Map.of(), 7)) {
            for (int i = 0; i < 30; i++) {
                session.step(BATCH, 3e-3);
            }
            TrainingState state = session.state();
            float average = session.weights().get("dense2.bias").values()[0];

            assertThat(average).isEqualTo(state.averages().get("dense2.bias").values()[0]);
            assertThat(Math.abs(average))
                    .isLessThan(Math.abs(state.weights().get("dense2.bias").values()[0]));
        }
    }

    @Test
    void theHeadLearnsTheSameFromImagesAndFromTheirFeatures() {
        Map<String, Object> hyperparameters = Map.of("trainable", "head", "dropout", 0.3);
        Map<String, WeightValues> start = weightsAfterSteps(1);
        try (TrainingSession fromImages = session(hyperparameters, start, 7);
                TrainingSession fromFeatures = session(hyperparameters, start, 7)) {
            float[][] rows = fromFeatures.features(BATCH);
            float[] features = new float[rows.length * rows[0].length];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(rows[i], 0, features, i * rows[0].length, rows[0].length);
            }
            FeatureBatch seen = new FeatureBatch(features, BATCH.labels());
            for (int i = 0; i < 5; i++) {
                assertThat(fromFeatures.step(seen, 3e-3).loss())
                        .isEqualTo(fromImages.step(BATCH, 3e-3).loss(), within(1e-4));
            }
            assertThat(fromFeatures.logits(seen)[0][0]).isEqualTo(fromImages.logits(BATCH)[0][0], within(1e-3f));
        }
    }

    @Test
    void halfThePrecisionLearnsToo() {
        try (TrainingSession session = session(Map.of("precision", "bf16"), Map.of(), 7)) {
            double first = session.step(BATCH, 3e-3).loss();
            for (int i = 0; i < 60; i++) {
                session.step(BATCH, 3e-3);
            }
            assertThat(session.step(BATCH, 3e-3).loss()).isLessThan(first / 3);
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
        try (TrainingSession session = session(hyperparameters, start, 1)) {
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

    /** Each session has threads of its own, and they end with it. */
    @Test
    void whatCannotBeginLeavesNothingBehind() {
        session(0, 1).close(); // TensorFlow itself starts some
        int before = threads();

        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> session(
                            Map.of(), Map.of("dense1.matrix", new WeightValues(new long[] {1}, new float[] {1})), 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        assertThat(threads()).isLessThan(before + 10);
    }

    private static int threads() {
        return new File("/proc/self/task").list().length;
    }

    private static TrainingSession session(double dropout, long seed) {
        return session(Map.of("dropout", dropout), Map.of(), seed);
    }

    private static TrainingSession session(
            Map<String, Object> hyperparameters, Map<String, WeightValues> start, long seed) {
        return new TrainingSession(
                NETWORK,
                Hyperparameters.of(hyperparameters),
                2,
                new float[] {1, 1, 1},
                start,
                seed,
                Compute.ONE_THREAD);
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
