package io.karyoflow.explain.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradCamTest {
    /** A layer of 1 x 2 pixels with two filters over an input of 1 x 4 x 3; what it says is given. */
    private record GivenLayer(float[] values, float[] gradients) implements ExplainableModel {
        @Override
        public InputShape inputShape() {
            return new InputShape(1, 4, 3);
        }

        @Override
        public float[][] logits(float[] inputs, int count) {
            return new float[count][2];
        }

        @Override
        public Activations lastConvolution(float[] inputs, int[] targets) {
            float[] each = new float[targets.length * 4];
            float[] slopes = new float[targets.length * 4];
            for (int i = 0; i < each.length; i++) {
                each[i] = values[i % 4];
                slopes[i] = gradients[i % 4] * (targets[i / 4] + 1);
            }
            return new Activations(1, 2, 2, each, slopes);
        }
    }

    // filter weights: means (1 + 3) / 2 = 2 and (-2 + 0) / 2 = -1; the sums are 2 * 5 - 1 * 4 = 6, 2 * 0 - 1 * 2 = -2
    private final GivenLayer model = new GivenLayer(new float[] {5, 4, 0, 2}, new float[] {1, -2, 3, 0});

    @Test
    void weighsFiltersByTheirMeanGradientAndEnlargesTheSum() {
        AttributionMap map = attribute(GradCam.DEFAULTS, Target.ofClass(0)).get(0);

        assertThat(map.shape()).isEqualTo(new InputShape(1, 4, 1));
        assertThat(map.values()).containsExactly(6, 6 - 0.25f * 8, -2 + 0.25f * 8, -2);
    }

    @Test
    void leavesOutWhatIsNegativeBeforeEnlarging() {
        AttributionMap map = attribute(new GradCam(true, BatchSize.DEFAULT), Target.ofClass(0))
                .get(0);

        assertThat(map.values()).containsExactly(6, 4.5f, 1.5f, 0);
    }

    @Test
    void explainsEachInputsOwnTargetInBatches() {
        List<AttributionMap> maps = attribute(
                new GradCam(false, BatchSize.of(2)), Target.ofClass(0), Target.ofClass(1), Target.difference(1, 0));

        assertThat(maps).extracting(map -> map.values()[0]).containsExactly(6f, 12f, 6f);
    }

    private List<AttributionMap> attribute(GradCam method, Target... targets) {
        return method.attribute(model, new float[targets.length * 12], Arrays.asList(targets));
    }
}
