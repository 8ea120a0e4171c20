package io.karyoflow.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.StainNormalisation;
import io.karyoflow.trainer.data.Batch;
import io.karyoflow.trainer.data.TinyBatch;
import io.karyoflow.trainer.network.Network;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A batch in parts, side by side. */
class GhostBatchesTest {
    private static final Batch SOME = TinyBatch.of(12, 20, 20, 1);
    private static final Batch OTHERS = TinyBatch.of(12, 20, 20, 2);
    private static final Map<String, Object> CONVNET = Map.of("inputSize", 16, "width", 4);

    @Test
    void asManyThreadsAsPartsGiveTheSameWeightsAsOne() {
        Map<String, Object> withChance = with(CONVNET, "dropout", 0.3);
        Batch batch = joined(SOME, OTHERS);
        try (TrainingSession one = session(2, withChance, 1);
                TrainingSession two = session(2, withChance, 2)) {
            for (int i = 0; i < 5; i++) {
                TrainingSession.Step step = one.step(batch, 3e-3);
                assertThat(two.step(batch, 3e-3).loss()).isEqualTo(step.loss());
            }
            two.weights().forEach((name, weight) -> assertThat(weight.values())
                    .as(name)
                    .isEqualTo(one.weights().get(name).values()));
            assertThat(two.logits(batch)).isDeepEqualTo(one.logits(batch));
        }
    }

    @Test
    void eachIsNormalisedByItsOwnStatistics() {
        // of two halves that are alike the statistics are those of the whole
        assertThat(firstLoss(2, joined(SOME, SOME))).isEqualTo(firstLoss(1, joined(SOME, SOME)), within(1e-5));

        float[] alone = firstMeans(1, SOME);
        float[] othersAlone = firstMeans(1, OTHERS);
        float[] together = firstMeans(2, joined(SOME, OTHERS));
        for (int channel = 0; channel < together.length; channel++) {
            assertThat(together[channel]).isEqualTo((alone[channel] + othersAlone[channel]) / 2, within(1e-6f));
        }
        float[] varianceOfHalves = statistics(2, joined(SOME, black(12)), "convolution1.variance");
        float[] varianceOfAll = statistics(1, joined(SOME, black(12)), "convolution1.variance");
        assertThat(IntStream.range(0, varianceOfAll.length))
                .allMatch(channel -> varianceOfHalves[channel] < varianceOfAll[channel]);
    }

    @ParameterizedTest
    @CsvSource({
        // batchSize, images, parts asked for, parts
        "32, 1000, 2, 2",
        "32, 1000, 8, 4",
        "15, 1000, 8, 1",
        "32, 32, 8, 4",
        "32, 31, 8, 3",
        "32, 15, 2, 1",
        "32, 5, 8, 1",
        "2, 1000, 1, 1",
    })
    void noneIsOfFewerThanEightImages(int batchSize, int images, int asked, int parts) {
        Hyperparameters hyperparameters = Hyperparameters.of(Map.of("batchSize", batchSize, "ghostBatches", asked));
        assertThat(GhostBatches.count(hyperparameters, images)).isEqualTo(parts);
    }

    @ParameterizedTest
    @EnumSource
    void oneImageCanBeJudgedInAnyStains(StainNormalisation stains) {
        judgeOneImage(
                Architecture.CONVNET,
                with(CONVNET, "stainNormalisation", stains.name().toLowerCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @EnumSource
    void oneImageCanBeJudgedByAnyNetwork(Architecture architecture) {
        judgeOneImage(architecture, Map.of("inputSize", 32, "width", 4));
    }

    /** For all but one of the parts of a batch no image is left then. By features: before it learns, all scores are zero. */
    private static void judgeOneImage(Architecture architecture, Map<String, Object> hyperparameters) {
        try (TrainingSession session = session(architecture, 3, hyperparameters, 1)) {
            float[][] three = session.features(TinyBatch.of(3, 20, 20, 1));
            float[][] one = session.features(TinyBatch.of(1, 20, 20, 1));

            float largest = 0;
            for (float feature : three[0]) {
                largest = Math.max(largest, Math.abs(feature));
            }
            assertThat(largest).isPositive();
            assertThat(three[1]).isNotEqualTo(three[0]);
            assertThat(one.length).isEqualTo(1);
            assertThat(one[0]).containsExactly(three[0], within(1e-4f * largest));
            assertThat(session.logits(TinyBatch.of(1, 20, 20, 1)).length).isEqualTo(1);
        }
    }

    private static double firstLoss(int parts, Batch batch) {
        try (TrainingSession session = session(parts, with(CONVNET, "dropout", 0.0), 1)) {
            session.step(batch, 3e-3); // scores are zero before it, whatever the features are
            return session.step(batch, 3e-3).loss();
        }
    }

    private static float[] firstMeans(int parts, Batch batch) {
        return statistics(parts, batch, "convolution1.mean");
    }

    private static float[] statistics(int parts, Batch batch, String which) {
        try (TrainingSession session = session(parts, CONVNET, 1)) {
            session.step(batch, 0);
            return session.weights().get(which).values();
        }
    }

    private static TrainingSession session(int parts, Map<String, Object> hyperparameters, int threads) {
        return session(Architecture.CONVNET, parts, hyperparameters, threads);
    }

    private static TrainingSession session(
            Architecture architecture, int parts, Map<String, Object> values, int threads) {
        Hyperparameters hyperparameters = Hyperparameters.of(values);
        return new TrainingSession(
                Network.of(architecture, hyperparameters, 3),
                hyperparameters,
                parts,
                new float[] {1, 1, 1},
                Map.of(),
                7,
                new Compute(threads));
    }

    private static Map<String, Object> with(Map<String, Object> values, String name, Object value) {
        Map<String, Object> more = new HashMap<>(values);
        more.put(name, value);
        return more;
    }

    private static Batch joined(Batch first, Batch second) {
        byte[] rgb = Arrays.copyOf(first.rgb(), first.rgb().length + second.rgb().length);
        System.arraycopy(second.rgb(), 0, rgb, first.rgb().length, second.rgb().length);
        int[] labels = Arrays.copyOf(first.labels(), first.size() + second.size());
        System.arraycopy(second.labels(), 0, labels, first.size(), second.size());
        return new Batch(first.height(), first.width(), rgb, labels);
    }

    private static Batch black(int count) {
        return new Batch(20, 20, new byte[count * 20 * 20 * 3], new int[count]);
    }
}
