package io.karyoflow.explain.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.explain.attribution.Occlusion.Steps;
import java.util.List;
import org.junit.jupiter.api.Test;

class OcclusionTest {
    private static final List<Target> TARGET = List.of(Target.ofClass(0));

    /** For a linear model a window's score difference is the sum over it of w_i * (x_i - baseline). */
    @Test
    void ofASinglePixelIsItsShareOfTheScore() {
        LinearModel model = new LinearModel(new InputShape(2, 2, 1), new float[] {10}, new float[] {1, -2, 3, -4});

        float[] map = attribute(new Occlusion(new Steps(1, 1, 1)), model, 5, 6, 7, 8);

        assertThat(map).containsExactly(5, -12, 21, -32);
    }

    @Test
    void isTheMeanOverTheWindowsThatCoverAPixel() {
        LinearModel model = new LinearModel(new InputShape(1, 4, 1), new float[1], new float[] {1, 2, 4, 8});
        Occlusion pairs = new Occlusion(new Steps(1, 1, 2));

        float[] map = attribute(pairs, model, 1, 1, 1, 1);

        // windows 0-1: 3, 1-2: 6, 2-3: 12
        assertThat(map).containsExactly(3, (3 + 6) / 2f, (6 + 12) / 2f, 12);
    }

    @Test
    void clipsTheLastWindow() {
        LinearModel model = new LinearModel(new InputShape(1, 5, 1), new float[1], new float[] {1, 2, 4, 8, 16});
        Occlusion pairs = new Occlusion(new Steps(1, 1, 2), new Steps(1, 1, 2), Baseline.constant(0), BatchSize.of(1));

        float[] map = attribute(pairs, model, 1, 1, 1, 1, 1);

        assertThat(map).containsExactly(3, 3, 12, 12, 16);
    }

    @Test
    void overlapsWindowsByTheStride() {
        LinearModel model = new LinearModel(new InputShape(1, 6, 1), new float[1], new float[] {1, 2, 4, 8, 16, 32});
        Occlusion windows =
                new Occlusion(new Steps(1, 1, 3), new Steps(1, 1, 2), Baseline.constant(0), BatchSize.of(1));

        float[] map = attribute(windows, model, 1, 1, 1, 1, 1, 1);

        // windows 0-2: 7, 2-4: 28, 4-5 (clipped): 48
        assertThat(map).containsExactly(7, 7, (7 + 28) / 2f, 28, (28 + 48) / 2f, 48);
    }

    @Test
    void hidesInBothDirections() {
        LinearModel model =
                new LinearModel(new InputShape(3, 3, 1), new float[1], new float[] {1, 2, 4, 8, 16, 32, 64, 128, 256});
        Occlusion squares =
                new Occlusion(new Steps(1, 2, 2), new Steps(1, 2, 2), Baseline.constant(0), BatchSize.of(64));

        float[] map = attribute(squares, model, 1, 1, 1, 1, 1, 1, 1, 1, 1);

        int upperLeft = 1 + 2 + 8 + 16;
        int upperRight = 4 + 32;
        int lowerLeft = 64 + 128;
        assertThat(map)
                .containsExactly(
                        upperLeft, upperLeft, upperRight, upperLeft, upperLeft, upperRight, lowerLeft, lowerLeft, 256);
    }

    @Test
    void hidesChannelsTogetherOrApart() {
        LinearModel model = new LinearModel(new InputShape(1, 1, 3), new float[1], new float[] {1, 2, 4});

        assertThat(attribute(new Occlusion(new Steps(3, 1, 1)), model, 1, 1, 1)).containsExactly(7, 7, 7);
        assertThat(attribute(new Occlusion(new Steps(1, 1, 1)), model, 1, 1, 1)).containsExactly(1, 2, 4);
    }

    @Test
    void takesTheBaselineForWhatIsHidden() {
        LinearModel model = new LinearModel(new InputShape(1, 2, 1), new float[1], new float[] {3, 5});
        Occlusion white = new Occlusion(new Steps(1, 1, 1), new Steps(1, 1, 1), Baseline.constant(2), BatchSize.of(1));

        assertThat(attribute(white, model, 1, 4)).containsExactly(3 * (1 - 2), 5 * (4 - 2));
    }

    @Test
    void aWindowLargerThanTheInputHidesAllOfIt() {
        LinearModel model = new LinearModel(new InputShape(1, 2, 1), new float[1], new float[] {3, 5});

        assertThat(attribute(new Occlusion(new Steps(3, 7, 7)), model, 1, 1)).containsExactly(8, 8);
    }

    @Test
    void explainsEachInputsOwnTarget() {
        LinearModel model =
                new LinearModel(new InputShape(1, 2, 1), new float[] {1, 1}, new float[] {1, 2}, new float[] {10, 20});

        var maps = new Occlusion(new Steps(1, 1, 1))
                .attribute(model, new float[] {1, 1, 2, 3}, List.of(Target.ofClass(1), Target.ofClass(0)));

        assertThat(maps.get(0).values()).containsExactly(10, 20);
        assertThat(maps.get(1).values()).containsExactly(2, 6);
    }

    @Test
    void batchesWindowsAsBounded() {
        LinearModel model = new LinearModel(new InputShape(1, 5, 1), new float[1], new float[5]);

        attribute(
                new Occlusion(new Steps(1, 1, 1), new Steps(1, 1, 1), Baseline.constant(0), BatchSize.of(2)),
                model,
                1,
                1,
                1,
                1,
                1);

        assertThat(model.batches).containsExactly(2, 2, 2);
    }

    @Test
    void refusesStridesThatLeaveGaps() {
        assertThatThrownBy(() ->
                        new Occlusion(new Steps(3, 2, 2), new Steps(3, 2, 3), Baseline.constant(0), BatchSize.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("strides [3, 2, 3] must not exceed sliding_window_shapes [3, 2, 2]");
    }

    private static float[] attribute(Occlusion occlusion, ExplainableModel model, float... input) {
        return occlusion.attribute(model, input, TARGET).get(0).values();
    }
}
