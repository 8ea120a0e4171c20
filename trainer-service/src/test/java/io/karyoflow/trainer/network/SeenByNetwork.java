package io.karyoflow.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.image.ColourStatistics;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What a network's preprocessing makes of images, run by itself. */
final class SeenByNetwork {
    private SeenByNetwork() {}

    /** Images that are not seen by their slides: parameters and result as below. */
    static float[] of(Preprocessing preprocessing, float[] images, int count, int height, int width) {
        return of(preprocessing, images, Collections.nCopies(count, ColourStatistics.USUAL), height, width);
    }

    /**
     * @param images [N * height * width * 3], 0..255
     * @param slides of each image
     * @return [N * inputSize * inputSize * 3]
     */
    static float[] of(
            Preprocessing preprocessing, float[] images, List<ColourStatistics> slides, int height, int width) {
        int count = slides.size();
        float[][] colours = new float[count][ColourStatistics.NUMBERS];
        for (int i = 0; i < count; i++) {
            slides.get(i).copyTo(colours[i], 0);
        }
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            Ops tf = Ops.create(graph);
            try (Result result = session.runner()
                    .fetch(preprocessing.input(
                            tf,
                            tf.constant(Shape.of(count, height, width, 3), DataBuffers.of(images)),
                            tf.constant(colours)))
                    .run()) {
                TFloat32 input = (TFloat32) result.get(0);
                int side = preprocessing.inputSize();
                assertThat(input.shape()).isEqualTo(Shape.of(count, side, side, 3));
                float[] values = new float[Math.toIntExact(input.shape().size())];
                input.asRawTensor().data().asFloats().read(values);
                return values;
            }
        }
    }
}
