package io.karyoflow.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.common.message.StainNormalisation;
import org.junit.jupiter.api.Test;

class HaematoxylinTest {
    private static final int SIDE = 16;

    @Test
    void eosinDoesNotCount() {
        double[] without = pixel(0.9, 0);
        double[] little = pixel(0.9, 0.3);
        double[] much = pixel(0.9, 1.1);

        float[] seen = seen(without, little, much);

        for (int colour = 0; colour < 3; colour++) {
            assertThat(seen[colour]).isEqualTo((float) without[colour], within(0.01f));
            assertThat(seen[3 + colour]).isEqualTo((float) without[colour], within(0.01f));
            assertThat(seen[6 + colour]).isEqualTo((float) without[colour], within(0.01f));
        }
    }

    @Test
    void whereThereIsNoneItIsWhite() {
        float[] seen = seen(pixel(0, 0), pixel(0, 0.8), new double[] {255, 150, 255});

        assertThat(seen).containsOnly(new float[] {255}, within(0.01f));
    }

    @Test
    void blackIsFinite() {
        float[] seen = seen(new double[] {0, 0, 0});

        assertThat(seen[0]).isBetween(0f, 255f);
        assertThat(seen[0]).isLessThan(60f);
    }

    /** What is left of light by these amounts of haematoxylin and eosin. @return [3], 0..255 */
    private static double[] pixel(double haematoxylin, double eosin) {
        double[] rgb = new double[3];
        for (int colour = 0; colour < 3; colour++) {
            double density = haematoxylin * Stain.HAEMATOXYLIN.density(colour) + eosin * Stain.EOSIN.density(colour);
            rgb[colour] = 255 * Math.exp(-density);
        }
        return rgb;
    }

    /** Images of one colour each through the preprocessing of a network, with its scaling undone. @return [N * 3] */
    private static float[] seen(double[]... colours) {
        float[] images = new float[colours.length * SIDE * SIDE * 3];
        for (int value = 0; value < images.length; value++) {
            images[value] = (float) colours[value / (SIDE * SIDE * 3)][value % 3];
        }
        float[] values = SeenByNetwork.of(
                Preprocessing.symmetric(SIDE).after(StainNormalisation.HAEMATOXYLIN),
                images,
                colours.length,
                SIDE,
                SIDE);
        float[] seen = new float[colours.length * 3];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = (values[i / 3 * SIDE * SIDE * 3 + i % 3] + 1) * 127.5f;
        }
        return seen;
    }
}
