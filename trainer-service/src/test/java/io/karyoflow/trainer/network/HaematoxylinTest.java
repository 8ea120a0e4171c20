package io.karyoflow.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.message.StainNormalisation;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

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
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            Ops tf = Ops.create(graph);
            Preprocessing preprocessing = Preprocessing.symmetric(SIDE).after(StainNormalisation.HAEMATOXYLIN);
            try (Result result = session.runner()
                    .fetch(preprocessing.input(
                            tf,
                            tf.constant(Shape.of(colours.length, SIDE, SIDE, 3), DataBuffers.of(images)),
                            tf.constant(new float[colours.length][ColourStatistics.NUMBERS])))
                    .run()) {
                float[] values = new float[images.length];
                ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(values);
                float[] seen = new float[colours.length * 3];
                for (int i = 0; i < seen.length; i++) {
                    seen[i] = (values[i / 3 * SIDE * SIDE * 3 + i % 3] + 1) * 127.5f;
                }
                return seen;
            }
        }
    }
}
