package io.karyoflow.explain.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for all methods of the catalogue. */
class EveryMethodTest {
    private static final InputShape SHAPE = SmallConvNet.SHAPE;
    private static final List<Target> TARGETS = List.of(Target.ofClass(1), Target.difference(2, 0));

    private final float[] inputs = ParityFixture.inputs();

    static List<String> names() {
        return new MethodCatalogue().names();
    }

    /** Adebayo et al.: Sanity Checks for Saliency Maps (2018): a map that ignores the last layer explains nothing. */
    @ParameterizedTest
    @MethodSource("names")
    void changesWithTheWeightsOfTheLastLayer(String name) {
        AttributionMethod method = new MethodCatalogue().create(name, Map.of(), SHAPE);

        List<AttributionMap> trained = method.attribute(new SmallConvNet(), inputs, TARGETS);
        List<AttributionMap> randomised = method.attribute(new SmallConvNet(2.7183), inputs, TARGETS);

        for (int i = 0; i < 2; i++) {
            assertThat(correlation(trained.get(i).values(), randomised.get(i).values()))
                    .isLessThan(0.9);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void doesNotDependOnBatchesNorOnOtherInputs(String name) {
        AttributionMethod together = new MethodCatalogue().create(name, Map.of(), SHAPE);
        AttributionMethod oneByOne = new MethodCatalogue(BatchSize.of(1)).create(name, Map.of(), SHAPE);
        AttributionMethod byThrees = new MethodCatalogue(BatchSize.of(3)).create(name, Map.of(), SHAPE);
        SmallConvNet model = new SmallConvNet();

        List<AttributionMap> maps = together.attribute(model, inputs, TARGETS);

        for (int i = 0; i < 2; i++) {
            float[] alone = Arrays.copyOfRange(inputs, i * SHAPE.size(), (i + 1) * SHAPE.size());
            assertThat(oneByOne.attribute(model, alone, TARGETS.subList(i, i + 1))
                            .get(0)
                            .values())
                    .containsExactly(maps.get(i).values());
            assertThat(byThrees.attribute(model, inputs, TARGETS).get(i).values())
                    .containsExactly(maps.get(i).values());
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void leavesTheInputsAsTheyAre(String name) {
        new MethodCatalogue().create(name, Map.of(), SHAPE).attribute(new SmallConvNet(), inputs, TARGETS);

        assertThat(inputs).containsExactly(ParityFixture.inputs());
    }

    @ParameterizedTest
    @MethodSource("names")
    void answersNothingForNoInputs(String name) {
        AttributionMethod method = new MethodCatalogue().create(name, Map.of(), SHAPE);

        assertThat(method.attribute(new SmallConvNet(), new float[0], List.of()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void refusesInputsOfAnotherShape(String name) {
        AttributionMethod method = new MethodCatalogue().create(name, Map.of(), SHAPE);

        assertThatThrownBy(() -> method.attribute(new SmallConvNet(), new float[7], TARGETS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("7 values are not 2 inputs of 7 x 5 x 3");
    }

    /** Logits so large that nothing changes them: maps of a constant, with nothing in them that is no number. */
    @ParameterizedTest
    @MethodSource("names")
    void ofASaturatedModelIsTheSameEverywhereOrNothing(String name) {
        AttributionMethod method = new MethodCatalogue().create(name, Map.of(), SHAPE);

        for (AttributionMap map : method.attribute(new Saturated(), inputs, TARGETS)) {
            for (float value : map.values()) {
                assertThat(value).isFinite();
                if (!name.equals("rise")) {
                    assertThat(value).isZero();
                }
            }
            map.convergenceDelta().ifPresent(delta -> assertThat(delta).isZero());
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void worksOnLogitsAloneOrSaysWhichMethodsDo(String name) {
        ExplainableModel onlyLogits = new OnlyLogits();
        AttributionMethod method = new MethodCatalogue().create(name, Map.of(), SHAPE);

        if (List.of("occlusion", "rise").contains(name)) {
            assertThat(method.attribute(onlyLogits, inputs, TARGETS)).hasSize(2);
        } else {
            String missing = name.equals("grad_cam")
                    ? "activations and gradients of its last convolution"
                    : "gradients with respect to its input";
            assertThatThrownBy(() -> method.attribute(onlyLogits, inputs, TARGETS))
                    .isInstanceOf(UnsupportedByModelException.class)
                    .hasMessage("the model gives no " + missing
                            + "; occlusion and rise still work, as they need its logits only");
        }
    }

    private record OnlyLogits(SmallConvNet network) implements ExplainableModel {
        OnlyLogits() {
            this(new SmallConvNet());
        }

        @Override
        public InputShape inputShape() {
            return network.inputShape();
        }

        @Override
        public float[][] logits(float[] inputs, int count) {
            return network.logits(inputs, count);
        }
    }

    private static final class Saturated implements ExplainableModel {
        @Override
        public InputShape inputShape() {
            return SHAPE;
        }

        @Override
        public float[][] logits(float[] inputs, int count) {
            float[][] logits = new float[count][];
            Arrays.fill(logits, new float[] {-1e30f, 1e30f, 0});
            return logits;
        }

        @Override
        public float[] gradient(float[] inputs, int[] targets) {
            return new float[inputs.length];
        }

        @Override
        public Activations lastConvolution(float[] inputs, int[] targets) {
            return new Activations(2, 2, 1, new float[targets.length * 4], new float[targets.length * 4]);
        }
    }

    private static double correlation(float[] a, float[] b) {
        double meanA = mean(a);
        double meanB = mean(b);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
