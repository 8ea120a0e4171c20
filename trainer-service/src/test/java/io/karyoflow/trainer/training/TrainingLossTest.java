package io.karyoflow.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Two images of two classes: the first's label has the probability 3/4, the second's 1/2. */
class TrainingLossTest {
    private static final float[][] LOGITS = {{(float) Math.log(3), 0}, {1, 1}};
    private static final float[][] TRUTH = {{1, 0}, {0, 1}};
    private static final double FIRST = -Math.log(0.75);
    private static final double SECOND = -Math.log(0.5);

    @Test
    void crossEntropyOfPlainLabels() {
        assertThat(loss(new TrainingLoss(0, 0, new float[] {1, 1}), TRUTH))
                .isEqualTo((FIRST + SECOND) / 2, within(1e-6));
    }

    @Test
    void smoothedLabelsCountTheOtherClassToo() {
        double first = -0.9 * Math.log(0.75) - 0.1 * Math.log(0.25);
        assertThat(loss(new TrainingLoss(0.2, 0, new float[] {1, 1}), TRUTH))
                .isEqualTo((first + SECOND) / 2, within(1e-6));
    }

    @Test
    void classesWeighAsTheyAreGiven() {
        assertThat(loss(new TrainingLoss(0, 0, new float[] {3, 1}), TRUTH))
                .isEqualTo((3 * FIRST + SECOND) / 4, within(1e-6));
    }

    @Test
    void focalLossLooksAwayFromWhatIsKnown() {
        assertThat(loss(new TrainingLoss(0, 2, new float[] {1, 1}), TRUTH))
                .isEqualTo((FIRST / 16 + SECOND / 4) / 2, within(1e-5));
    }

    @Test
    void mixedLabelsShareTheLoss() {
        float[][] mixed = {{0.7f, 0.3f}, {0, 1}};
        double first = -0.7 * Math.log(0.75) - 0.3 * Math.log(0.25);
        assertThat(loss(new TrainingLoss(0, 0, new float[] {1, 1}), mixed))
                .isEqualTo((first + SECOND) / 2, within(1e-6));
    }

    private static double loss(TrainingLoss loss, float[][] truth) {
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            Ops tf = Ops.create(graph);
            try (Result result = session.runner()
                    .fetch(loss.mean(tf, tf.constant(LOGITS), tf.constant(truth)))
                    .run()) {
                return ((TFloat32) result.get(0)).getFloat();
            }
        }
    }
}
