package io.karyoflow.explain.faithfulness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.explain.attribution.AttributionMap;
import io.karyoflow.explain.attribution.Baseline;
import io.karyoflow.explain.attribution.BatchSize;
import io.karyoflow.explain.attribution.CalibratedModel;
import io.karyoflow.explain.attribution.InputShape;
import io.karyoflow.explain.attribution.LinearModel;
import io.karyoflow.explain.attribution.ParityFixture;
import io.karyoflow.explain.attribution.RandomGrids;
import io.karyoflow.explain.attribution.Rise;
import io.karyoflow.explain.attribution.SmallConvNet;
import io.karyoflow.explain.attribution.Target;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeletionInsertionTest {
    private static final InputShape PIXELS = new InputShape(2, 2, 1);
    private static final List<Target> TARGET = List.of(Target.ofClass(0));
    private static final float[] INPUT = {1, 1, 1, 1};

    /** The logit of the target is x_0 + 2 x_1 + 3 x_2 + 4 x_3, that of the other class is 0. */
    private final LinearModel model = new LinearModel(PIXELS, new float[2], new float[] {1, 2, 3, 4}, new float[4]);

    private final DeletionInsertion pixelByPixel =
            new DeletionInsertion(0.25, Baseline.zero(), Baseline.constant(-1), BatchSize.of(3));

    @Test
    void deletesTheMostImportantPixelsFirst() {
        ProbabilityCurve curve = pixelByPixel
                .deletion(model, INPUT, TARGET, maps(0, 5, -1, 9))
                .get(0)
                .orElseThrow();

        assertThat(curve.shares()).containsExactly(0, 0.25, 0.5, 0.75, 1);
        // without pixel 3, then 1, then 0, then 2
        assertThat(curve.probabilities())
                .containsExactly(new double[] {sigmoid(10), sigmoid(6), sigmoid(4), sigmoid(3), 0.5}, within(1e-9));
        assertThat(curve.area())
                .isCloseTo((sigmoid(10) / 2 + sigmoid(6) + sigmoid(4) + sigmoid(3) + 0.25) / 4, within(1e-9));
    }

    @Test
    void beginsAtTheProbabilityThatTheModelReports() {
        ProbabilityCurve curve = pixelByPixel
                .deletion(new CalibratedModel(model, 4), INPUT, TARGET, maps(0, 5, -1, 9))
                .get(0)
                .orElseThrow();

        assertThat(curve.probabilities()[0]).isCloseTo(sigmoid(10 / 4.0), within(1e-9));
    }

    @Test
    void insertsTheMostImportantPixelsFirst() {
        ProbabilityCurve curve = pixelByPixel
                .insertion(model, INPUT, TARGET, maps(0, 5, -1, 9))
                .get(0)
                .orElseThrow();

        assertThat(curve.probabilities())
                .containsExactly(
                        new double[] {sigmoid(-10), sigmoid(-2), sigmoid(2), sigmoid(4), sigmoid(10)}, within(1e-9));
    }

    @Test
    void ordersByTheSumOverChannelsAndChangesAllOfAPixel() {
        InputShape twoByTwo = new InputShape(1, 2, 2);
        LinearModel colours = new LinearModel(twoByTwo, new float[2], new float[] {1, 1, 1, 1}, new float[4]);
        AttributionMap map = new AttributionMap(twoByTwo, new float[] {8, -9, 1, 1});

        ProbabilityCurve curve = new DeletionInsertion(0.5, Baseline.zero(), Baseline.zero(), BatchSize.DEFAULT)
                .deletion(colours, new float[] {10, 20, 1, 2}, TARGET, List.of(map))
                .get(0)
                .orElseThrow();

        assertThat(curve.probabilities()[1]).isCloseTo(sigmoid(30), within(1e-9));
    }

    /** Of the last step only what is left: 3 of 4 pixels, then 1. */
    @Test
    void endsWithAllPixelsWhateverTheStep() {
        ProbabilityCurve curve = new DeletionInsertion(0.7, Baseline.zero(), Baseline.zero(), BatchSize.DEFAULT)
                .deletion(model, INPUT, TARGET, maps(4, 3, 2, 1))
                .get(0)
                .orElseThrow();

        assertThat(curve.shares()).containsExactly(0, 0.75, 1);
        assertThat(curve.probabilities()).containsExactly(new double[] {sigmoid(10), sigmoid(4), 0.5}, within(1e-9));
    }

    @Test
    void aMapThatOrdersNothingHasNoCurve() {
        List<AttributionMap> maps = List.of(
                new AttributionMap(PIXELS, new float[4]),
                new AttributionMap(PIXELS, new float[] {1, 0, 0, 0}),
                new AttributionMap(PIXELS, new float[] {3, 3, 3, 3}));

        List<Optional<ProbabilityCurve>> curves = pixelByPixel.deletion(
                model, new float[12], List.of(Target.ofClass(0), Target.ofClass(0), Target.ofClass(1)), maps);

        assertThat(curves).extracting(Optional::isPresent).containsExactly(false, true, false);
    }

    @Test
    void fillsBatchesAcrossInputs() {
        pixelByPixel.deletion(
                model,
                new float[8],
                List.of(Target.ofClass(0), Target.ofClass(1)),
                List.of(maps(1, 2, 3, 4).get(0), maps(4, 3, 2, 1).get(0)));

        assertThat(model.batches).containsExactly(3, 3, 3, 1);
    }

    /** The order of a map and its reverse, on a network; the map is made with what the curves put in the place of pixels. */
    @Test
    void tellsAGoodMapFromItsOpposite() {
        SmallConvNet network = new SmallConvNet();
        float[] inputs = ParityFixture.inputs();
        List<Target> targets = List.of(Target.ofClass(2), Target.difference(2, 1));
        List<AttributionMap> good = new Rise(500, new RandomGrids(0, 3, 0.5), Baseline.zero(), BatchSize.DEFAULT)
                .attribute(network, inputs, targets);
        List<AttributionMap> bad =
                good.stream().map(DeletionInsertionTest::opposite).toList();
        DeletionInsertion curves = new DeletionInsertion(0.02, Baseline.zero(), Baseline.zero(), BatchSize.DEFAULT);

        List<Double> deletion = areas(curves.deletion(network, inputs, targets, good));
        List<Double> deletionOfOpposite = areas(curves.deletion(network, inputs, targets, bad));
        List<Double> insertion = areas(curves.insertion(network, inputs, targets, good));
        List<Double> insertionOfOpposite = areas(curves.insertion(network, inputs, targets, bad));

        for (int i = 0; i < targets.size(); i++) {
            assertThat(deletion.get(i)).isLessThan(deletionOfOpposite.get(i));
            assertThat(insertion.get(i)).isGreaterThan(insertionOfOpposite.get(i));
        }
    }

    private static List<Double> areas(List<Optional<ProbabilityCurve>> curves) {
        return curves.stream().map(curve -> curve.orElseThrow().area()).toList();
    }

    @Test
    void refusesAStepThatIsNoShare() {
        assertThatThrownBy(() -> new DeletionInsertion(0, Baseline.zero(), Baseline.zero(), BatchSize.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("step must be above 0 and at most 1, not 0.0");
    }

    private static AttributionMap opposite(AttributionMap map) {
        float[] values = map.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = -values[i];
        }
        return new AttributionMap(map.shape(), values);
    }

    private static List<AttributionMap> maps(float... values) {
        return List.of(new AttributionMap(PIXELS, values));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
