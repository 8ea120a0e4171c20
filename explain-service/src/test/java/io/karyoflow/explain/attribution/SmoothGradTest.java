package io.karyoflow.explain.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SmoothGradTest {
    private final InputShape shape = new InputShape(1, 2, 1);
    private final Noise fedIn = (sample, length) -> new float[] {sample == 0 ? -3 : 1, 2};

    @Test
    void ofALinearModelIsItsSaliency() {
        LinearModel model = new LinearModel(shape, new float[1], new float[] {2, -3});
        SmoothGrad smoothGrad = new SmoothGrad(Saliency.DEFAULTS, Noise.seeded(7));

        List<AttributionMap> maps = smoothGrad.attribute(model, new float[] {0.5f, 1, 4, 4}, new int[] {0, 0});

        assertThat(maps).extracting(AttributionMap::values).containsExactly(new float[] {2, 3}, new float[] {2, 3});
    }

    @Test
    void isTheMeanOverNoisyCopies() {
        // Given the gradient 2x, x = (1, 0) and noise 0.5 * (-3, 2) and 0.5 * (1, 2)
        SmoothGrad smoothGrad = new SmoothGrad(new Saliency(false), 2, 0.5f, 2, fedIn);

        // When
        float[] map = smoothGrad
                .attribute(new SquareModel(shape), new float[] {1, 0}, new int[] {0})
                .get(0)
                .values();

        // Then: ((1 - 1.5) * 2 + (1 + 0.5) * 2) / 2 and ((0 + 1) * 2 + (0 + 1) * 2) / 2
        assertThat(map).containsExactly(1, 2);
    }

    @Test
    void takesMagnitudesBeforeTheMeanWithCaptumsDefaultOfSaliency() {
        SmoothGrad smoothGrad = new SmoothGrad(Saliency.DEFAULTS, 2, 0.5f, 2, fedIn);

        float[] map = smoothGrad
                .attribute(new SquareModel(shape), new float[] {1, 0}, new int[] {0})
                .get(0)
                .values();

        assertThat(map).containsExactly((1 + 3) / 2f, 2);
    }

    @Test
    void doesNotDependOnHowSamplesAreBatched() {
        SquareModel model = new SquareModel(shape);
        float[] input = {1, -1};

        float[] together = new SmoothGrad(Saliency.DEFAULTS, 5, 1, 5, Noise.seeded(3))
                .attribute(model, input, new int[] {0})
                .get(0)
                .values();
        float[] inPairs = new SmoothGrad(Saliency.DEFAULTS, 5, 1, 2, Noise.seeded(3))
                .attribute(model, input, new int[] {0})
                .get(0)
                .values();

        assertThat(inPairs).containsExactly(together);
    }

    @Test
    void batchesSamplesAsBounded() {
        LinearModel model = new LinearModel(shape, new float[1], new float[] {2, -3});

        new SmoothGrad(Saliency.DEFAULTS, 5, 1, 2, Noise.seeded(3)).attribute(model, new float[2], new int[] {0});

        assertThat(model.batches).containsExactly(2, 2, 1);
    }

    @Test
    void seededNoiseIsStandardNormalAndRepeatable() {
        Noise noise = Noise.seeded(42);
        float[] values = noise.standardNormal(3, 100_000);
        double mean = 0;
        double square = 0;
        for (float value : values) {
            mean += value / values.length;
            square += value * value / values.length;
        }

        assertThat(mean).isCloseTo(0, within(0.02));
        assertThat(square).isCloseTo(1, within(0.02));
        assertThat(noise.standardNormal(3, 100_000)).containsExactly(values);
        assertThat(noise.standardNormal(4, 4)).isNotEqualTo(noise.standardNormal(3, 4));
        assertThat(Noise.seeded(43).standardNormal(3, 4)).isNotEqualTo(noise.standardNormal(3, 4));
    }

    @Test
    void saysItsParametersByCaptumsNames() {
        assertThat(new SmoothGrad(Saliency.DEFAULTS, 16, 0.3f, 8, fedIn).parameters())
                .containsEntry("nt_type", "smoothgrad")
                .containsEntry("nt_samples", 16)
                .containsEntry("stdevs", 0.3f)
                .containsEntry("abs", true);
    }

    @Test
    void refusesToAverageNothing() {
        assertThatThrownBy(() -> new SmoothGrad(Saliency.DEFAULTS, 0, 1, 1, fedIn))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nt_samples (0)");
    }
}
