package io.karyoflow.explain.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SaliencyTest {
    private final InputShape shape = new InputShape(1, 2, 3);
    private final LinearModel model =
            new LinearModel(shape, new float[2], new float[] {1, -2, 3, -4, 5, -6}, new float[] {0, 0, -7, 8, 0, 0});

    @Test
    void isTheMagnitudeOfALinearModelsWeights() {
        List<AttributionMap> maps =
                Saliency.DEFAULTS.attribute(model, new float[12], List.of(Target.ofClass(0), Target.ofClass(1)));

        assertThat(maps.get(0).values()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(maps.get(1).values()).containsExactly(0, 0, 7, 8, 0, 0);
        assertThat(model.batches).containsExactly(2);
    }

    @Test
    void keepsTheSignWhenAskedTo() {
        List<AttributionMap> maps = new Saliency(false).attribute(model, new float[6], List.of(Target.ofClass(0)));

        assertThat(maps.get(0).values()).containsExactly(1, -2, 3, -4, 5, -6);
    }

    @Test
    void sumsTheChannelsOfEachPixel() {
        AttributionMap map = new Saliency(false)
                .attribute(model, new float[6], List.of(Target.ofClass(0)))
                .get(0);

        assertThat(map.sumOverChannels()).containsExactly(1 - 2 + 3, -4 + 5 - 6);
    }

    @Test
    void refusesInputsOfAnotherShape() {
        assertThatThrownBy(() -> Saliency.DEFAULTS.attribute(model, new float[7], List.of(Target.ofClass(0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("7 values are not 1 inputs of 1 x 2 x 3");
    }
}
