package io.karyoflow.trainer.training;

import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.Trainable;
import io.karyoflow.common.runtime.TensorFlowLibraries;
import io.karyoflow.trainer.data.Batch;
import io.karyoflow.trainer.data.Examples;
import io.karyoflow.trainer.data.FeatureBatch;
import io.karyoflow.trainer.network.AveragedWeights;
import io.karyoflow.trainer.network.LearningLayers;
import io.karyoflow.trainer.network.Network;
import io.karyoflow.trainer.network.NetworkOutputs;
import io.karyoflow.trainer.network.UsingLayers;
import io.karyoflow.trainer.network.VariableWeights;
import io.karyoflow.trainer.network.Variables;
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
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * A network that learns. Its graph has the network twice, over the same variables: once as it learns and once as it is
 * used. Holds native memory; to be used by one thread, and closed.
 */
public final class TrainingSession implements AutoCloseable {
    /** Second numbers of chance are this far apart from step to step, so that each layer can have its own. */
    private static final long CHANCES_A_STEP = 1024;

    private final int classes;
    private final long seed;
    private final UpdateRule rule;
    private final double weightAveraging;
    private final boolean mixing;

    private final Graph graph;
    private final Session session;
    private final VariableWeights weights;
    /** null if weights are not averaged */
    private final AveragedWeights averages;

    private final Variables memory;

    private final ImageInput images;
    private final Placeholder<TInt32> labels;
    private final Placeholder<TInt32> otherLabels;
    private final Placeholder<TFloat32> share;
    private final Placeholder<TInt64> chance;
    private final Placeholder<TFloat32> correction;
    private final Placeholder<TFloat32> keep;
    /** of each part of the network, from the input to the head */
    private final List<Placeholder<TFloat32>> rates = new ArrayList<>();

    private final NetworkOutputs learning;
    private final Operand<TFloat32> loss;
    private final Op learn;
    private final NetworkOutputs using;

    private long steps;

    /**
     * @param hyperparameters of dropout, of what learns, of the loss and of the optimiser
     * @param ghostBatches parts of each batch, see {@link GhostBatches}
     * @param classWeights [C], what an image weighs in the loss by its label
     * @param start first values of some weights or of none
     * @param seed of all other weights, and of dropout
     */
    public TrainingSession(
            Network network,
            Hyperparameters hyperparameters,
            int ghostBatches,
            float[] classWeights,
            Map<String, WeightValues> start,
            long seed,
            Compute compute) {
        TensorFlowLibraries.load();
        this.classes = network.classes();
        this.seed = seed;
        this.rule = UpdateRule.of(hyperparameters);
        this.weightAveraging = hyperparameters.weightAveraging();
        this.mixing = hyperparameters.mixup() > 0;
        graph = new Graph();
        Ops tf = Ops.create(graph);
        weights = new VariableWeights(tf);
        memory = new Variables(tf);
        images = new ImageInput(tf, network, ghostBatches);
        labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
        otherLabels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
        share = scalar(tf);
        chance = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
        correction = scalar(tf);
        keep = scalar(tf);

        boolean headOnly = hyperparameters.trainable() == Trainable.HEAD;
        LearningLayers layers = new LearningLayers(
                tf, weights, hyperparameters.dropout(), headOnly || hyperparameters.frozenStatistics(), chance);
        learning = network.outputs(layers, images.seen());
        loss = TrainingLoss.of(hyperparameters, classWeights).mean(tf, learning.logits(), truth(tf));

        List<WeightUpdates.Group> groups = new ArrayList<>();
        weights.learnedByPart().forEach((part, learned) -> {
            rates.add(scalar(tf));
            if (!headOnly || part.equals(Network.HEAD)) {
                groups.add(new WeightUpdates.Group(learned, rates.get(rates.size() - 1)));
            }
        });
        List<Op> updates = new ArrayList<>(
                new WeightUpdates(rule, hyperparameters.gradientClipping()).of(tf, loss, groups, correction, memory));
        updates.addAll(layers.movingAverageUpdates());
        averages = weightAveraging > 0 ? new AveragedWeights(tf, weights.all()) : null;
        if (averages != null) {
            updates.addAll(averages.updates(tf.withControlDependencies(List.copyOf(updates)), keep));
        }
        learn = tf.withControlDependencies(updates).noOp();
        using = network.outputs(new UsingLayers(tf, averages == null ? weights : averages), images.seen());

        session = new Session(graph, compute.configuration(hyperparameters.precision(), ghostBatches));
        try {
            weights.initialise(session, start, seed);
            if (averages != null) {
                averages.initialise(session, weights.all());
            }
            memory.assign(session, zeros(memory));
        } catch (RuntimeException | Error e) {
            close(); // nobody else can
            throw e;
        }
    }

    /**
     * What one step showed of its batch, before the weights changed.
     *
     * @param loss what is made small, see {@link TrainingLoss}
     * @param logits [N][C]
     */
    public record Step(double loss, float[][] logits) {}

    /** How many parts the network has, the head among them. */
    public int parts() {
        return rates.size();
    }

    /** Learns from one batch, all parts at the same rate; see {@link #step(Examples, double[])}. */
    public Step step(Examples examples, double learningRate) {
        double[] all = new double[parts()];
        Arrays.fill(all, learningRate);
        return step(examples, all);
    }

    /**
     * Learns from one batch.
     *
     * @param examples images; features only if nothing but the head learns
     * @param learningRates of each part of the network, from the input to the head; 0 for a part that stays as it is
     * @throws DivergedException if the loss is not finite
     * @throws OutOfMemoryError if the batch does not fit into the device's memory; the next session may fit
     */
    public Step step(Examples examples, double[] learningRates) {
        steps++;
        try (Feeding feeding = new Feeding(session)) {
            feed(feeding, examples, learning);
            feeding.feed(labels, TInt32.vectorOf(examples.labels()));
            if (mixing && examples instanceof Batch batch) {
                feeding.feed(otherLabels, TInt32.vectorOf(batch.otherLabels()));
                feeding.feed(share, TFloat32.scalarOf((float) batch.share()));
            }
            for (int part = 0; part < learningRates.length; part++) {
                feeding.feed(rates.get(part), TFloat32.scalarOf((float) learningRates[part]));
            }
            feeding.feed(correction, TFloat32.scalarOf((float) rule.correction(steps)));
            feeding.feed(chance, TInt64.vectorOf(seed, steps * CHANCES_A_STEP));
            feeding.feed(keep, TFloat32.scalarOf((float) keep()));
            try (Result result = feeding.run(loss, learning.logits(), learn)) {
                double meanLoss = ((TFloat32) result.get(0)).getFloat();
                if (!Double.isFinite(meanLoss)) {
                    throw new DivergedException("in step " + steps, meanLoss, learningRates[learningRates.length - 1]);
                }
                return new Step(meanLoss, Feeding.rows(result.get(1)));
            }
        }
    }

    /** The network as it is used: no dropout, moving averages. @return [N][C] */
    public float[][] logits(Examples examples) {
        return used(examples, using.logits());
    }

    /** What the head is given of images. @return [N][F] */
    public float[][] features(Batch batch) {
        return used(batch, using.features());
    }

    /** Weights as they are used, by name: their averages where they are averaged. */
    public Map<String, WeightValues> weights() {
        return (averages == null ? weights.all() : averages.all()).values(session);
    }

    public TrainingState state() {
        return new TrainingState(
                steps,
                weights.all().values(session),
                averages == null ? Map.of() : averages.all().values(session),
                memory.values(session));
    }

    /**
     * Goes on from there.
     *
     * @throws IllegalArgumentException if it is of another network or of other hyperparameters; then nothing has changed
     */
    public void restore(TrainingState state) {
        weights.all().check(state.weights());
        memory.check(state.memory());
        if (averages != null) {
            averages.all().assign(session, state.averages());
        }
        weights.all().assign(session, state.weights());
        memory.assign(session, state.memory());
        steps = state.steps();
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }

    private float[][] used(Examples examples, Operand<TFloat32> wanted) {
        try (Feeding feeding = new Feeding(session)) {
            feed(feeding, examples, using);
            try (Result result = feeding.run(wanted)) {
                return Arrays.copyOf(Feeding.rows(result.get(0)), examples.size());
            }
        }
    }

    private void feed(Feeding feeding, Examples examples, NetworkOutputs outputs) {
        if (examples instanceof Batch batch) {
            images.feed(feeding, batch);
        } else if (examples instanceof FeatureBatch batch) {
            long features = batch.features().length / batch.size();
            feeding.feed(
                    outputs.features(),
                    TFloat32.tensorOf(Shape.of(batch.size(), features), DataBuffers.of(batch.features())));
        }
    }

    /** [N, C] */
    private Operand<TFloat32> truth(Ops tf) {
        Operand<TFloat32> first = oneHot(tf, labels);
        if (!mixing) {
            return first;
        }
        Operand<TFloat32> rest = tf.math.sub(tf.constant(1f), share);
        return tf.math.add(tf.math.mul(first, share), tf.math.mul(oneHot(tf, otherLabels), rest));
    }

    private Operand<TFloat32> oneHot(Ops tf, Operand<TInt32> of) {
        return tf.oneHot(of, tf.constant(classes), tf.constant(1f), tf.constant(0f));
    }

    /** A short memory at first, so that the random start is soon forgotten. */
    private double keep() {
        return Math.min(weightAveraging, (1.0 + steps) / (10.0 + steps));
    }

    private static Map<String, WeightValues> zeros(Variables variables) {
        Map<String, WeightValues> zeros = new LinkedHashMap<>();
        variables
                .all()
                .forEach((name, variable) -> zeros.put(
                        name,
                        new WeightValues(
                                variable.shape().asArray(),
                                new float[Math.toIntExact(variable.shape().size())])));
        return zeros;
    }

    private static Placeholder<TFloat32> scalar(Ops tf) {
        return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    }
}
