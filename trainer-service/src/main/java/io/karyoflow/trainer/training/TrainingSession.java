package io.karyoflow.trainer.training;

import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.Trainable;
import io.karyoflow.common.runtime.TensorFlowLibraries;
import io.karyoflow.trainer.data.Batch;
import io.karyoflow.trainer.network.LearningLayers;
import io.karyoflow.trainer.network.Network;
import io.karyoflow.trainer.network.UsingLayers;
import io.karyoflow.trainer.network.VariableWeights;
import io.karyoflow.trainer.network.WeightValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * A network that learns. Its graph has the network twice, over the same variables: once as it learns and once as it is
 * used. Holds native memory; to be used by one thread, and closed.
 */
public final class TrainingSession implements AutoCloseable {
    private final Network network;
    private final Graph graph;
    private final Session session;
    private final VariableWeights weights;

    private final Placeholder<TUint8> images;
    private final Placeholder<TInt32> labels;
    private final Placeholder<TFloat32> decay;
    /** of each part of the network, from the input to the head */
    private final List<Placeholder<TFloat32>> stepSizes = new ArrayList<>();

    private final double weightDecay;
    private final Operand<TFloat32> learningLogits;
    private final Operand<TFloat32> loss;
    private final Op learn;
    private final Operand<TFloat32> usingLogits;

    private long steps;

    /**
     * @param hyperparameters of dropout, of what learns, and of the optimiser
     * @param start first values of some weights or of none
     * @param seed of all other weights, and of dropout
     */
    public TrainingSession(
            Network network,
            Hyperparameters hyperparameters,
            Map<String, WeightValues> start,
            long seed,
            Compute compute) {
        TensorFlowLibraries.load();
        this.network = network;
        this.weightDecay = hyperparameters.weightDecay();
        graph = new Graph();
        Ops tf = Ops.create(graph);
        weights = new VariableWeights(tf, seed, start);
        images = tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
        labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
        decay = scalar(tf);
        Operand<TFloat32> input = network.preprocessing().input(tf, images);

        boolean headOnly = hyperparameters.trainable() == Trainable.HEAD;
        LearningLayers learning = new LearningLayers(
                tf, weights, hyperparameters.dropout(), headOnly || hyperparameters.frozenStatistics(), seed);
        learningLogits = network.outputs(learning, input).logits();
        loss = meanCrossEntropy(tf, learningLogits, hyperparameters.labelSmoothing());
        List<AdamW.Group> groups = new ArrayList<>();
        weights.learnedByPart().forEach((part, learned) -> {
            stepSizes.add(scalar(tf));
            if (!headOnly || part.equals(Network.HEAD)) {
                groups.add(new AdamW.Group(learned, stepSizes.get(stepSizes.size() - 1)));
            }
        });
        List<Op> updates = new ArrayList<>(AdamW.updates(tf, loss, groups, weightDecay > 0 ? decay : null));
        updates.addAll(learning.movingAverageUpdates());
        learn = tf.withControlDependencies(updates).noOp();
        usingLogits = network.outputs(new UsingLayers(tf, weights), input).logits();

        session = new Session(graph, compute.configuration());
        session.initialize(); // of what the optimiser remembers
        weights.initialise(session);
    }

    /**
     * What one step showed of its batch, before the weights changed.
     *
     * @param loss mean cross entropy in nats
     * @param logits [N][C]
     */
    public record Step(double loss, float[][] logits) {}

    /** How many parts the network has, the head among them. */
    public int parts() {
        return stepSizes.size();
    }

    /** Learns from one batch, all parts at the same rate; see {@link #step(Batch, double[])}. */
    public Step step(Batch batch, double learningRate) {
        double[] rates = new double[parts()];
        Arrays.fill(rates, learningRate);
        return step(batch, rates);
    }

    /**
     * Learns from one batch.
     *
     * @param learningRates of each part of the network, from the input to the head; 0 for a part that stays as it is
     * @throws DivergedException if the loss is not finite
     * @throws OutOfMemoryError if the batch does not fit into the device's memory; the next session may fit
     */
    public Step step(Batch batch, double[] learningRates) {
        steps++;
        List<Tensor> fed = new ArrayList<>();
        Session.Runner runner = session.runner();
        feed(runner, images, pixels(batch), fed);
        feed(runner, labels, TInt32.vectorOf(batch.labels()), fed);
        for (int part = 0; part < learningRates.length; part++) {
            float size = (float) AdamW.stepSize(learningRates[part], steps);
            feed(runner, stepSizes.get(part), TFloat32.scalarOf(size), fed);
        }
        feed(runner, decay, TFloat32.scalarOf((float) AdamW.decayOfStepSize(weightDecay, steps)), fed);
        try (Result result = run(runner.fetch(loss).fetch(learningLogits).addTarget(learn))) {
            double meanLoss = ((TFloat32) result.get(0)).getFloat();
            if (!Double.isFinite(meanLoss)) {
                throw new DivergedException("in step " + steps, meanLoss, learningRates[learningRates.length - 1]);
            }
            return new Step(meanLoss, rows(result.get(1)));
        } finally {
            fed.forEach(Tensor::close);
        }
    }

    /** The network as it is used: no dropout, moving averages. @return [N][C] */
    public float[][] logits(Batch batch) {
        try (TUint8 pixels = pixels(batch);
                Result result = run(session.runner().feed(images, pixels).fetch(usingLogits))) {
            return rows(result.get(0));
        }
    }

    /** A copy of all that the network has learned, by name. */
    public Map<String, WeightValues> weights() {
        Map<String, WeightValues> values = new LinkedHashMap<>();
        for (Map.Entry<String, Variable<TFloat32>> weight : weights.all().entrySet()) {
            try (Result result = run(session.runner().fetch(weight.getValue()))) {
                Tensor tensor = result.get(0);
                values.put(weight.getKey(), new WeightValues(tensor.shape().asArray(), values(tensor)));
            }
        }
        return values;
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }

    /** @param smoothing share of each label that is spread evenly (Szegedy et al., Rethinking Inception, 2015) */
    private Operand<TFloat32> meanCrossEntropy(Ops tf, Operand<TFloat32> logits, double smoothing) {
        double other = smoothing / network.classes();
        Operand<TFloat32> truth = tf.oneHot(
                labels,
                tf.constant(network.classes()),
                tf.constant((float) (1 - smoothing + other)),
                tf.constant((float) other));
        Operand<TFloat32> each =
                tf.nn.softmaxCrossEntropyWithLogits(logits, truth).loss();
        return tf.math.mean(each, tf.constant(0));
    }

    private static Placeholder<TFloat32> scalar(Ops tf) {
        return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    }

    private static void feed(Session.Runner runner, Operand<?> where, Tensor value, List<Tensor> fed) {
        fed.add(value);
        runner.feed(where, value);
    }

    private static Result run(Session.Runner runner) {
        try {
            return runner.run();
        } catch (TFResourceExhaustedException e) {
            OutOfMemoryError error = new OutOfMemoryError(e.getMessage());
            error.initCause(e);
            throw error;
        }
    }

    private static TUint8 pixels(Batch batch) {
        return TUint8.tensorOf(
                Shape.of(batch.size(), batch.height(), batch.width(), 3), DataBuffers.of(batch.rgb(), true, false));
    }

    private static float[][] rows(Tensor tensor) {
        int rows = Math.toIntExact(tensor.shape().get(0));
        int columns = Math.toIntExact(tensor.shape().get(1));
        float[] flat = values(tensor);
        float[][] split = new float[rows][columns];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(flat, row * columns, split[row], 0, columns);
        }
        return split;
    }

    private static float[] values(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.shape().size())];
        tensor.asRawTensor().data().asFloats().read(values);
        return values;
    }
}
