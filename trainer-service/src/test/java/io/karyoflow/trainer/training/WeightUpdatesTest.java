package io.karyoflow.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.trainer.network.Variables;
import io.karyoflow.trainer.network.WeightValues;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** A matrix and a vector of one number each, both 2 at first, under the loss 3 m + 4 v: the gradient never changes. */
class WeightUpdatesTest {
    private static final double RATE = 0.1;
    private static final double DECAY = 0.2;

    @Test
    void adamsStepIsTheRateAndMatricesLoseTheirShareApart() {
        Values after = after(10, new WeightUpdates(new AdamRule(DECAY, true), 0));

        double matrix = 2;
        for (int step = 0; step < 10; step++) {
            matrix = matrix * (1 - RATE * DECAY) - RATE;
        }
        assertThat(after.matrix).isEqualTo(matrix, within(1e-4));
        assertThat(after.vector).isEqualTo(1.0, within(1e-4));
    }

    @Test
    void coupledDecayVanishesInAdamsStep() {
        // the gradient 3 + 0.2 m stays positive and nearly constant, and Adam divides by its size
        Values after = after(1, new WeightUpdates(new AdamRule(DECAY, false), 0));

        assertThat(after.matrix).isEqualTo(1.9, within(1e-4));
    }

    @Test
    void adamsFirstStepIsCorrectedMost() {
        AdamRule rule = new AdamRule(0, true);

        // t = 1: sqrt(1 - 0.999) / (1 - 0.9) = 0.0316228 / 0.1
        assertThat(rule.correction(1)).isEqualTo(0.316228, within(1e-6));
        assertThat(rule.correction(100_000)).isEqualTo(1, within(1e-9));
    }

    @Test
    void nesterovLooksAhead() {
        Values after = after(3, new WeightUpdates(new NesterovRule(0.5, 0), 0));

        double vector = 2;
        double velocity = 0;
        for (int step = 0; step < 3; step++) {
            velocity = 0.5 * velocity + 4;
            vector -= RATE * (4 + 0.5 * velocity);
        }
        assertThat(after.vector).isEqualTo(vector, within(1e-5));
    }

    @Test
    void nesterovsDecayIsPartOfTheGradient() {
        Values after = after(1, new WeightUpdates(new NesterovRule(0, DECAY), 0));

        assertThat(after.matrix).isEqualTo(2 - RATE * (3 + DECAY * 2), within(1e-5));
        assertThat(after.vector).isEqualTo(2 - RATE * 4, within(1e-5));
    }

    @Test
    void gradientsThatAreTooLongTogetherAreShortened() {
        // (3, 4) has the norm 5
        Values shortened = after(1, new WeightUpdates(new NesterovRule(0, 0), 1));
        Values asTheyAre = after(1, new WeightUpdates(new NesterovRule(0, 0), 6));

        assertThat(shortened.matrix).isEqualTo(2 - RATE * 3 / 5, within(1e-5));
        assertThat(shortened.vector).isEqualTo(2 - RATE * 4 / 5, within(1e-5));
        assertThat(asTheyAre.matrix).isEqualTo(2 - RATE * 3, within(1e-5));
    }

    @Test
    void gradientsOfWhatDoesNotLearnYetShortenNoOthers() {
        Values after = after(1, new WeightUpdates(new NesterovRule(0, 0), 1), 0);

        assertThat(after.matrix).isEqualTo(2 - RATE, within(1e-5));
        assertThat(after.vector).isEqualTo(2);
    }

    private record Values(double matrix, double vector) {}

    private static Values after(int steps, WeightUpdates updates) {
        return after(steps, updates, RATE);
    }

    private static Values after(int steps, WeightUpdates updates, double vectorsRate) {
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            Ops tf = Ops.create(graph);
            Variables weights = new Variables(tf);
            Variable<TFloat32> matrix = weights.add("matrix", Shape.of(1, 1));
            Variable<TFloat32> vector = weights.add("vector", Shape.of(1));
            Operand<TFloat32> loss = tf.reduceSum(
                    tf.math.add(tf.math.mul(matrix, tf.constant(3f)), tf.math.mul(vector, tf.constant(4f))),
                    tf.constant(new int[] {0, 1}));
            WeightUpdates.Group matrices = new WeightUpdates.Group(List.of(matrix), tf.placeholder(TFloat32.class));
            WeightUpdates.Group vectors = new WeightUpdates.Group(List.of(vector), tf.placeholder(TFloat32.class));
            Placeholder<TFloat32> correction = tf.placeholder(TFloat32.class);
            Variables memory = new Variables(tf);
            List<Op> step = updates.of(tf, loss, List.of(matrices, vectors), correction, memory);
            assign(session, weights, 2);
            assign(session, memory, 0);
            for (int t = 1; t <= steps; t++) {
                try (Feeding feeding = new Feeding(session)) {
                    feeding.feed(matrices.rate(), TFloat32.scalarOf((float) RATE));
                    feeding.feed(vectors.rate(), TFloat32.scalarOf((float) vectorsRate));
                    feeding.feed(
                            correction, TFloat32.scalarOf((float) updates.rule().correction(t)));
                    feeding.run(step.toArray(Op[]::new)).close();
                }
            }
            Map<String, WeightValues> values = weights.values(session);
            return new Values(
                    values.get("matrix").values()[0], values.get("vector").values()[0]);
        }
    }

    private static void assign(Session session, Variables variables, float value) {
        variables.assign(
                session,
                variables.all().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                entry -> new WeightValues(
                                        entry.getValue().shape().asArray(), new float[] {value}))));
    }
}
