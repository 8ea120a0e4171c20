package io.karyoflow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MixupTest {

    @Test
    void blendsEachImageAndItsLabelWithItsPartners() {
        Batch batch = new Batch(
                1, 1, new byte[] {0, 100, (byte) 255, 40, 0, 0, (byte) 200, 50, (byte) 250}, new int[] {2, 0, 1});

        Batch mixed = new Mixup(0.75, new int[] {1, 2, 0}).apply(batch);

        assertThat(mixed.labels()).containsExactly(2, 0, 1);
        assertThat(mixed.otherLabels()).containsExactly(0, 1, 2);
        assertThat(mixed.share()).isEqualTo(0.75);
        assertThat(mixed.rgb())
                .containsExactly(unsigned(10, 75, 191, 80, 13, 63, 150, 63, 251)); // 12.5 and 62.5 are rounded up
        assertThat(batch.rgb()[0]).as("the batch itself").isZero();
    }

    @Test
    void whereNothingIsBlendedTheLabelIsWhole() {
        Batch batch = TinyBatch.of(4, 8, 8, 1);

        assertThat(batch.share()).isEqualTo(1);
        assertThat(batch.otherLabels()).isEqualTo(batch.labels());
        assertThat(new Mixup(1, new int[] {1, 2, 3, 0}).apply(batch).rgb()).isEqualTo(batch.rgb());
    }

    @Test
    void partnersAreAPermutation() {
        Mixup drawn = Mixup.draw(0.4, 100, new SplittableRandom(2));

        assertThat(drawn.partners())
                .doesNotHaveDuplicates()
                .hasSize(100)
                .isNotEqualTo(IntStream.range(0, 100).toArray());
        assertThat(Arrays.stream(drawn.partners()).max()).hasValue(99);
    }

    @Test
    void ownShareIsAtLeastHalf() {
        SplittableRandom random = new SplittableRandom(2);
        double[] shares = new double[5000];
        Arrays.setAll(shares, i -> Mixup.draw(1, 2, random).share());

        // Beta(1, 1) is uniform, and so is its larger part, from one half to one
        assertThat(Arrays.stream(shares).min().orElseThrow()).isBetween(0.5, 0.51);
        assertThat(Arrays.stream(shares).average().orElseThrow()).isCloseTo(0.75, within(0.01));
    }

    @Test
    void lambdaFollowsTheBetaDistribution() {
        for (double alpha : new double[] {0.2, 0.5, 1}) {
            SplittableRandom random = new SplittableRandom(6);
            double[] drawn = new double[20_000];
            Arrays.setAll(drawn, i -> Mixup.beta(alpha, random));

            assertThat(Arrays.stream(drawn).average().orElseThrow()).isCloseTo(0.5, within(0.01));
            double variance = Arrays.stream(drawn)
                    .map(lambda -> (lambda - 0.5) * (lambda - 0.5))
                    .average()
                    .orElseThrow();
            assertThat(variance).as("variance for alpha %s", alpha).isCloseTo(1 / (4 * (2 * alpha + 1)), within(0.004));
        }
    }

    @Test
    void smallestAlphasGiveAlmostWholeImages() {
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 1000; i++) {
            assertThat(Math.abs(Mixup.beta(1e-6, random) - 0.5)).isCloseTo(0.5, within(1e-3));
        }
    }

    private static byte[] unsigned(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
