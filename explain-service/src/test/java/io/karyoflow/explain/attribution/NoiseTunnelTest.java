package io.karyoflow.explain.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class NoiseTunnelTest {
    private static final List<Target> TARGET = List.of(Target.ofClass(0));

    private final InputShape shape = new InputShape(1, 2, 1);
    private final Noise fedIn = (sample, length) -> new float[] {sample == 0 ? -3 : 1, 2};

    @Test
    void ofALinearModelIsItsSaliency() {
        LinearModel model = new LinearModel(shape, new float[1], new float[] {2, -3});
        NoiseTunnel smoothGrad = new NoiseTunnel(Saliency.DEFAULTS, Noise.seeded(7));

        List<AttributionMap> maps =
                smoothGrad.attribute(model, new float[] {0.5f, 1, 4, 4}, List.of(Target.ofClass(0), Target.ofClass(0)));

        assertThat(maps).extracting(AttributionMap::values).containsExactly(new float[] {2, 3}, new float[] {2, 3});
    }

    /** The gradient is 2x, the input (1, 0), the noise 0.5 * (-3, 2) and 0.5 * (1, 2): maps (-1, 2) and (3, 2). */
    @Test
    void makesMeanMeanSquareOrVarianceOfTheMapsOfNoisyCopies() {
        Saliency gradient = new Saliency(false);

        assertThat(mapOfSquares(gradient, NoiseType.SMOOTHGRAD)).containsExactly(1, 2);
        assertThat(mapOfSquares(gradient, NoiseType.SMOOTHGRAD_SQ)).containsExactly(5, 4);
        assertThat(mapOfSquares(gradient, NoiseType.VARGRAD)).containsExactly(4, 0);
    }

    @Test
    void takesMagnitudesBeforeTheMeanWithCaptumsDefaultOfSaliency() {
        assertThat(mapOfSquares(Saliency.DEFAULTS, NoiseType.SMOOTHGRAD)).containsExactly(2, 2);
    }

    private float[] mapOfSquares(AttributionMethod inside, NoiseType type) {
        return values(new NoiseTunnel(inside, type, 2, Stdevs.absolute(0.5), fedIn, BatchSize.of(2)), 1, 0);
    }

    @Test
    void takesTheNoiseRelativeToTheInputsOwnRange() {
        // the input's range is 5, a tenth of it 0.5: as above
        NoiseTunnel relative = new NoiseTunnel(
                new Saliency(false), NoiseType.SMOOTHGRAD, 2, Stdevs.relativeToRange(0.1), fedIn, BatchSize.of(2));

        assertThat(values(relative, 1, -4)).containsExactly(2 * (1 - 0.5f), 2 * (-4 + 1));
        assertThat(values(relative, 3, 3)).containsExactly(6, 6);
    }

    @Test
    void doesNotDependOnHowSamplesAreBatched() {
        float[] together = values(fiveSamples(BatchSize.of(5)), 1, -1);
        float[] inPairs = values(fiveSamples(BatchSize.of(2)), 1, -1);

        assertThat(inPairs).containsExactly(together);
    }

    @Test
    void batchesSamplesOfAllInputsTogether() {
        LinearModel model = new LinearModel(shape, new float[1], new float[] {2, -3});

        fiveSamples(BatchSize.of(4)).attribute(model, new float[4], List.of(Target.ofClass(0), Target.ofClass(0)));

        assertThat(model.batches).containsExactly(4, 4, 2);
    }

    private static NoiseTunnel fiveSamples(BatchSize batchSize) {
        return new NoiseTunnel(
                Saliency.DEFAULTS, NoiseType.SMOOTHGRAD, 5, Stdevs.absolute(1), Noise.seeded(3), batchSize);
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
    void noSampleOfTheNoiseIsAnotherOneShifted() {
        float[] first = Noise.seeded(42).standardNormal(0, 100);
        float[] second = Noise.seeded(42).standardNormal(1, 100);

        assertThat(second).doesNotContain(first);
    }

    @Test
    void saysItsParametersByCaptumsNames() {
        assertThat(fiveSamples(BatchSize.DEFAULT).parameters())
                .containsEntry("nt_type", "smoothgrad")
                .containsEntry("nt_samples", 5)
                .containsEntry("stdevs", 1.0)
                .containsEntry("seed", 3L)
                .containsEntry("abs", true);
    }

    @Test
    void refusesToAverageNothing() {
        Stdevs one = Stdevs.absolute(1);
        assertThatThrownBy(
                        () -> new NoiseTunnel(Saliency.DEFAULTS, NoiseType.VARGRAD, 0, one, fedIn, BatchSize.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nt_samples must be at least 1, not 0");
        assertThatThrownBy(() -> Stdevs.absolute(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stdevs must be at least 0, not -1.0");
    }

    private float[] values(AttributionMethod method, float... input) {
        return method.attribute(new SquareModel(shape), input, TARGET).get(0).values();
    }
}
