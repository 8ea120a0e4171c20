package io.karyoflow.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.runtime.Classifier.Classification;
import io.karyoflow.common.runtime.ServedModel.LastConvolution;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

class DjlModelTest {
    private static final int INPUT = TinyModel.SIDE * TinyModel.SIDE * 3;

    @TempDir
    private Path folder;

    private Path workFolder;
    private DjlModel model;

    @BeforeEach
    void open() throws IOException {
        workFolder = folder.resolve("work");
        model = DjlModel.open(TinyModel.bundle("a"), workFolder, 1);
        assertThat(Files.list(workFolder)).as("files left behind").isEmpty();
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void probabilitiesAreTheSoftmaxOfTheLogitsOverTheTemperature() {
        Classification classification = model.classify(batch(images(3, 20, 30), 3, 20, 30));

        assertThat(classification.probabilities()).hasDimensions(3, 4);
        assertThat(classification.logits()).hasDimensions(3, 4);
        for (int image = 0; image < 3; image++) {
            float[] logits = classification.logits()[image];
            double sum = 0;
            for (float logit : logits) {
                sum += Math.exp(logit / TinyModel.TEMPERATURE);
            }
            for (int label = 0; label < 4; label++) {
                assertThat(classification.probabilities()[image][label])
                        .isCloseTo((float) (Math.exp(logits[label] / TinyModel.TEMPERATURE) / sum), within(1e-5f));
            }
        }
    }

    @Test
    void classifyingIsTheSameAsPreprocessingAndThenAskingForLogits() {
        float[] images = images(5, 33, 17);

        float[] inputs = model.preprocess(batch(images, 5, 33, 17));

        assertThat(inputs).hasSize(5 * INPUT);
        for (float value : inputs) {
            assertThat(value).isBetween(-1f, 1f);
        }
        float[][] logits = model.logits(inputs, 5);
        float[][] classified = model.classify(batch(images, 5, 33, 17)).logits();
        for (int image = 0; image < 5; image++) {
            assertThat(logits[image]).containsExactly(classified[image], within(1e-5f));
        }
    }

    @Test
    void anImageIsAnsweredAlikeAloneAndInABatch() {
        float[] images = images(4, 16, 16);
        float[] third = java.util.Arrays.copyOfRange(images, 2 * 16 * 16 * 3, 3 * 16 * 16 * 3);

        float[] inBatch = model.classify(batch(images, 4, 16, 16)).probabilities()[2];
        float[] alone = model.classify(batch(third, 1, 16, 16)).probabilities()[0];

        assertThat(alone).containsExactly(inBatch, within(1e-5f));
    }

    @Test
    void whoAsksForTheMeanOverOrientationsGetsItForLabelsAlone() {
        ImageBatch one = batch(images(1, 8, 8), 1, 8, 8);
        float[] input = model.preprocess(one);
        float[] plain = model.logits(input, 1)[0];
        float[] mirrored = model.logits(mirrored(input), 1)[0];

        try (DjlModel averaging = DjlModel.open(TinyModel.bundle("a"), workFolder, 1, true)) {
            float[] mean = averaging.classify(one).logits()[0];
            for (int label = 0; label < 4; label++) {
                assertThat(mean[label]).isCloseTo((plain[label] + mirrored[label]) / 2, within(1e-5f));
            }
            assertThat(averaging.logits(input, 1)[0]).containsExactly(plain, within(1e-5f));
        }
        assertThat(model.classify(one).logits()[0]).containsExactly(plain, within(1e-5f));
        assertThat(mirrored).isNotEqualTo(plain);
    }

    private static float[] mirrored(float[] input) {
        float[] mirrored = new float[input.length];
        for (int i = 0; i < input.length; i++) {
            int x = i / 3 % TinyModel.SIDE;
            mirrored[i + (TinyModel.SIDE - 1 - 2 * x) * 3] = input[i];
        }
        return mirrored;
    }

    /** The tiny model's logits are a weighted sum of what its convolution puts out. */
    @Test
    void theLastConvolutionTimesItsGradientSumsToTheTargetsLogit() {
        float[] inputs = model.preprocess(batch(images(2, 8, 8), 2, 8, 8));
        int[] targets = {1, 3};

        LastConvolution last = model.lastConvolution(inputs, targets);

        int size = last.height() * last.width() * last.channels();
        assertThat(last.activations()).hasSize(2 * size);
        float[][] logits = model.logits(inputs, 2);
        for (int image = 0; image < 2; image++) {
            double sum = 0;
            for (int at = image * size; at < (image + 1) * size; at++) {
                sum += last.activations()[at] * last.gradients()[at];
            }
            assertThat(sum).isCloseTo(logits[image][targets[image]], within(1e-4));
        }
    }

    @Test
    void theGradientIsTheSlopeOfTheTargetsLogit() {
        float[] inputs = model.preprocess(batch(images(2, 8, 8), 2, 8, 8));
        int[] targets = {1, 3};

        float[] gradient = model.gradient(inputs, targets);

        // central differences: (f(x + e) - f(x - e)) / 2e, with an error of the order e^2
        float step = 1e-2f;
        for (int image = 0; image < 2; image++) {
            for (int at = image * INPUT; at < (image + 1) * INPUT; at += 11) {
                float up = model.logits(moved(inputs, at, step), 2)[image][targets[image]];
                float down = model.logits(moved(inputs, at, -step), 2)[image][targets[image]];
                assertThat(gradient[at]).isCloseTo((up - down) / (2 * step), within(2e-3f));
            }
        }
    }

    @Test
    void severalThreadsMayAskAtOnce() throws Exception {
        float[] images = images(2, 24, 24);
        float[] expected = model.classify(batch(images, 2, 24, 24)).probabilities()[1];
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<float[]>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                answers.add(threads.submit(
                        () -> model.classify(batch(images, 2, 24, 24)).probabilities()[1]));
            }
            for (Future<float[]> answer : answers) {
                assertThat(answer.get()).containsExactly(expected, within(1e-5f));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aModelThatBringsSlidesToTheSameColoursIsGivenTheirs() {
        try (DjlModel slides = DjlModel.open(TinyModel.bundleOfSlides("a"), workFolder, 1)) {
            float[] images = images(2, 8, 8);
            float[] colours = {0.5f, 0.5f, 0.5f, 0.3f, 0.3f, 0.3f, 0.1f, 0.2f, 0.4f, 0.3f, 0.3f, 0.3f};

            float[] inputs = slides.preprocess(new ImageBatch(2, 8, 8, images, colours));

            float[] plain = model.preprocess(batch(images, 2, 8, 8));
            for (int i = 0; i < INPUT; i++) {
                assertThat(inputs[i]).isCloseTo(plain[i] - 0.5f, within(1e-5f));
                assertThat(inputs[INPUT + i]).isCloseTo(plain[INPUT + i] - colours[6 + i % 3], within(1e-5f));
            }
            assertThat(slides.classify(new ImageBatch(2, 8, 8, images, colours)).logits()[1])
                    .containsExactly(slides.logits(inputs, 2)[1], within(1e-4f));
            assertThat(slides.description().seesSlides()).isTrue();
            assertThat(model.description().seesSlides()).isFalse();
        }
    }

    private static ImageBatch batch(float[] pixels, int count, int height, int width) {
        return new ImageBatch(count, height, width, pixels, new float[count * ColourStatistics.NUMBERS]);
    }

    @Test
    void argumentsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> model.classify(batch(new float[10], 1, 8, 8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10 values cannot be 1 images of 8 x 8 x 3");
        assertThatThrownBy(() -> model.gradient(new float[INPUT], new int[] {4}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("target 4");
    }

    @Test
    void aModelWithoutTheSignaturesIsRefusedAndLeavesNoFiles() throws IOException {
        ModelBundle other = withOnlyOneSignature();

        assertThatThrownBy(() -> DjlModel.open(other, workFolder.resolve("other"), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no signature 'serving_default'")
                .hasMessageContaining("[twice]");
        assertThat(Files.list(workFolder.resolve("other"))).isEmpty();
    }

    /** And not that of the disk, which would be tried again for ever. */
    @Test
    void thatABundleHasNoModelIsItsOwnFault() throws IOException {
        ModelBundle empty =
                ModelBundle.pack(Files.createDirectory(folder.resolve("empty")), TinyModel.description("empty"));

        assertThatThrownBy(() -> DjlModel.open(empty, workFolder, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot load model " + empty.id());
    }

    @Test
    void theBundlesBytesDoNotStayInMemory() {
        WeakReference<ModelBundle> bundle =
                new WeakReference<>(ModelBundle.read(TinyModel.bundle("a").bytes()));

        try (DjlModel opened = DjlModel.open(bundle.get(), workFolder, 1)) {
            System.gc();

            assertThat(bundle.get()).isNull();
            assertThat(opened.id()).isEqualTo(TinyModel.bundle("a").id());
        }
    }

    private ModelBundle withOnlyOneSignature() throws IOException {
        Path exported = folder.resolve("exported");
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            Ops tf = Ops.create(graph);
            Placeholder<TFloat32> number = tf.placeholder(TFloat32.class);
            Variable<TFloat32> two = tf.variable(tf.constant(2f));
            session.initialize();
            SavedModelBundle.exporter(exported.toString())
                    .withSession(session)
                    .withSignature(Signature.builder("twice")
                            .input("number", number)
                            .output("doubled", tf.math.mul(number, two))
                            .build())
                    .export();
        }
        return ModelBundle.pack(exported, TinyModel.description("other"));
    }

    private static float[] moved(float[] inputs, int at, float by) {
        float[] moved = inputs.clone();
        moved[at] += by;
        return moved;
    }

    private static float[] images(int count, int height, int width) {
        Random random = new Random(count * 31L + height);
        float[] images = new float[count * height * width * 3];
        IntStream.range(0, images.length).forEach(i -> images[i] = random.nextInt(256));
        return images;
    }
}
