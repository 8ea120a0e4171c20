package io.karyoflow.common.runtime;

import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.model.ImageSizes;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.model.ModelDescription;
import io.karyoflow.common.model.Signatures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A real SavedModel in a real bundle, small enough to be made in a test: for tests of what serves models. Its weights
 * are random numbers whose seed is the variant's name: two variants answer differently, and one always alike (its bundle's
 * id is the same within one JVM only, as TensorFlow does not write the same files twice).
 */
public final class TinyModel {
    public static final List<String> CLASSES = List.of("normal", "cancer", "muscle", "immune");

    /** Height and width of what the network sees, in pixels. */
    public static final int SIDE = 8;

    public static final double TEMPERATURE = 1.5;

    private static final int CHANNELS = 6;
    private static final long UNITS = (long) SIDE * SIDE * CHANNELS;
    private static final Hyperparameters OF_SLIDES = Hyperparameters.of(Map.of("stainNormalisation", "slide"));
    private static final ConcurrentHashMap<String, ModelBundle> BUNDLES = new ConcurrentHashMap<>();

    private TinyModel() {}

    /** The bundle of that variant, with all signatures of {@link Signatures}. Any name is a variant. */
    public static ModelBundle bundle(String variant) {
        return BUNDLES.computeIfAbsent(variant, name -> make(name, Hyperparameters.DEFAULTS, null));
    }

    /** The same, but what it sees of an image is less by its slide's mean colours: its signatures ask for them. */
    public static ModelBundle bundleOfSlides(String variant) {
        return BUNDLES.computeIfAbsent("slides " + variant, name -> make(variant, OF_SLIDES, null));
    }

    /** The same as {@link #bundle}, but it says that it learned from images of these sizes. */
    public static ModelBundle bundleOfSizes(String variant, ImageSizes sizes) {
        return BUNDLES.computeIfAbsent(sizes + " " + variant, name -> make(variant, Hyperparameters.DEFAULTS, sizes));
    }

    public static ModelDescription description(String variant) {
        return description(variant, Hyperparameters.DEFAULTS, null);
    }

    private static ModelDescription description(String variant, Hyperparameters hyperparameters, ImageSizes sizes) {
        return new ModelDescription(
                Architecture.CONVNET,
                hyperparameters,
                CLASSES,
                SIDE,
                SIDE,
                sizes,
                new EpochMetrics(0.5, 0.8, 0.75),
                TEMPERATURE,
                "tiny-dataset",
                0,
                1,
                variant.hashCode(),
                "tiny-study",
                "tiny-trial-" + variant,
                "test",
                null);
    }

    private static ModelBundle make(String variant, Hyperparameters hyperparameters, ImageSizes sizes) {
        try {
            Path folder = Files.createTempDirectory("tiny-model");
            try {
                ModelDescription description = description(variant, hyperparameters, sizes);
                export(folder, new Random(variant.hashCode()), description.seesSlides());
                return ModelBundle.pack(folder, description);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void export(Path folder, Random random, boolean ofSlides) throws IOException {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);

            // what the network sees: SIDE x SIDE, -1..1
            Placeholder<TFloat32> image = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
            Operand<TFloat32> input = tf.math.sub(
                    tf.math.div(
                            tf.image.resizeBilinear(image, tf.constant(new int[] {SIDE, SIDE})), tf.constant(127.5f)),
                    tf.constant(1f));
            Placeholder<TFloat32> colours = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 6)));
            if (ofSlides) {
                Operand<TFloat32> means =
                        tf.slice(colours, tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, 3}));
                input = tf.math.sub(input, tf.reshape(means, tf.constant(new int[] {-1, 1, 1, 3})));
            }

            // one convolution, one dense layer
            Variable<TFloat32> kernel = tf.variable(weights(tf, random, Shape.of(3, 3, 3, CHANNELS), 0.5));
            Operand<TFloat32> features = features(tf, input, kernel);
            Variable<TFloat32> dense = tf.variable(weights(tf, random, Shape.of(UNITS, CLASSES.size()), 0.25));
            Operand<TFloat32> logits = logits(tf, features, dense);
            Operand<TFloat32> probabilities = probabilities(tf, logits);

            // two orientations of the eight tell that more than one was asked for
            Operand<TFloat32> mirrored = tf.reverse(input, tf.constant(new int[] {2}));
            Operand<TFloat32> mean = tf.math.div(
                    tf.math.add(logits, logits(tf, features(tf, mirrored, kernel), dense)), tf.constant(2f));
            Operand<TFloat32> meanProbabilities = probabilities(tf, mean);

            // d logit[target] / d input
            Placeholder<TInt32> target = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
            Operand<TFloat32> targetLogits = tf.math.mul(
                    logits, tf.oneHot(target, tf.constant(CLASSES.size()), tf.constant(1f), tf.constant(0f)));
            Operand<TFloat32> gradient =
                    tf.gradients(targetLogits, List.of(input)).<TFloat32>dy(0);

            Operand<TFloat32> activationGradient =
                    tf.gradients(targetLogits, List.of(features)).<TFloat32>dy(0);

            try (Session session = new Session(graph)) {
                session.initialize();
                SavedModelBundle.exporter(folder.toString())
                        .withSession(session)
                        .withSignature(ofImages(Signatures.SERVING, image, ofSlides ? colours : null)
                                .output(Signatures.PROBABILITIES, probabilities)
                                .output(Signatures.LOGITS, logits)
                                .build())
                        .withSignature(ofImages(Signatures.AVERAGED, image, ofSlides ? colours : null)
                                .output(Signatures.PROBABILITIES, meanProbabilities)
                                .output(Signatures.LOGITS, mean)
                                .build())
                        .withSignature(ofImages(Signatures.PREPROCESS, image, ofSlides ? colours : null)
                                .output(Signatures.INPUT, input)
                                .build())
                        .withSignature(Signature.builder(Signatures.LOGITS)
                                .input(Signatures.INPUT, input)
                                .output(Signatures.LOGITS, logits)
                                .build())
                        .withSignature(Signature.builder(Signatures.GRADIENT)
                                .input(Signatures.INPUT, input)
                                .input(Signatures.TARGET, target)
                                .output(Signatures.GRADIENT, gradient)
                                .output(Signatures.LOGITS, logits)
                                .build())
                        .withSignature(Signature.builder(Signatures.ACTIVATIONS)
                                .input(Signatures.INPUT, input)
                                .input(Signatures.TARGET, target)
                                .output(Signatures.ACTIVATIONS, features)
                                .output(Signatures.ACTIVATION_GRADIENT, activationGradient)
                                .build())
                        .export();
            }
        }
    }

    private static Operand<TFloat32> features(Ops tf, Operand<TFloat32> input, Operand<TFloat32> kernel) {
        return tf.math.tanh(tf.nn.conv2d(input, kernel, List.of(1L, 1L, 1L, 1L), "SAME"));
    }

    private static Operand<TFloat32> logits(Ops tf, Operand<TFloat32> features, Operand<TFloat32> dense) {
        return tf.linalg.matMul(tf.reshape(features, tf.constant(new long[] {-1, UNITS})), dense);
    }

    private static Operand<TFloat32> probabilities(Ops tf, Operand<TFloat32> logits) {
        return tf.nn.softmax(tf.math.div(logits, tf.constant((float) TEMPERATURE)));
    }

    /** @param colours null if the signature does not ask for them */
    private static Signature.Builder ofImages(String key, Placeholder<TFloat32> image, Placeholder<TFloat32> colours) {
        Signature.Builder signature = Signature.builder(key).input(Signatures.IMAGE, image);
        return colours == null ? signature : signature.input(Signatures.COLOURS, colours);
    }

    private static Operand<TFloat32> weights(Ops tf, Random random, Shape shape, double deviation) {
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return tf.reshape(tf.constant(values), tf.constant(shape.asArray()));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
