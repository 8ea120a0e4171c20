package io.karyoflow.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

class AdamWTest {

    @Test
    void matricesDecayAndVectorsDoNot() {
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            // Given a matrix and a vector of one number each, and the loss 3 m + 5 v
            Ops tf = Ops.create(graph);
            Variable<TFloat32> matrix = tf.variable(tf.constant(new float[][] {{2}}));
            Variable<TFloat32> vector = tf.variable(tf.constant(new float[] {2}));
            Operand<TFloat32> loss = tf.reduceSum(
                    tf.math.add(tf.math.mul(matrix, tf.constant(3f)), tf.math.mul(vector, tf.constant(5f))),
                    tf.constant(new int[] {0, 1}));
            Placeholder<TFloat32> stepSize = tf.placeholder(TFloat32.class);
            Placeholder<TFloat32> decay = tf.placeholder(TFloat32.class);
            List<Op> updates =
                    AdamW.updates(tf, loss, List.of(new AdamW.Group(List.of(matrix, vector), stepSize)), decay);
            session.initialize();

            // When ten steps are made at a rate of 0.1, of which a fifth is lost
            double expectedMatrix = 2;
            for (int step = 1; step <= 10; step++) {
                try (TFloat32 size = TFloat32.scalarOf((float) AdamW.stepSize(0.1, step));
                        TFloat32 share = TFloat32.scalarOf((float) AdamW.decayOfStepSize(0.2, step))) {
                    Session.Runner runner =
                            session.runner().feed(stepSize, size).feed(decay, share);
                    updates.forEach(runner::addTarget);
                    runner.run().close();
                }
                // with a gradient that never changes, Adam's step is the rate itself
                expectedMatrix = expectedMatrix * (1 - 0.1 * 0.2) - 0.1;
            }

            // Then
            assertThat(value(session, matrix)).isEqualTo(expectedMatrix, within(1e-4));
            assertThat(value(session, vector)).isEqualTo(1.0, within(1e-4));
        }
    }

    private static double value(Session session, Variable<TFloat32> variable) {
        try (org.tensorflow.Result result = session.runner().fetch(variable).run()) {
            return result.get(0).asRawTensor().data().asFloats().getFloat(0);
        }
    }
}
