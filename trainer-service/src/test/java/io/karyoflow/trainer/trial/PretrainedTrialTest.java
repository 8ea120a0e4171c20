package io.karyoflow.trainer.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.common.message.TrialEvent.Failed;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.model.Signatures;
import io.karyoflow.trainer.TinyNuclei;
import io.karyoflow.trainer.evaluation.Predictions;
import io.karyoflow.trainer.network.MobileNetV2;
import io.karyoflow.trainer.pretrained.WriteSafeTensors;
import io.karyoflow.trainer.pretrained.WriteSafeTensors.Tensor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** A network that starts from a weights file, from request to stored model. */
@Timeout(240)
class PretrainedTrialTest {
    private static final int IMAGES = 45;
    private static final int SIDE = 16;
    private static final String EXPANSION = "mobilenetv20_features_linearbottleneck1_conv0_weight";

    @TempDir
    Path folder;

    private final Diary diary = new Diary();
    private final List<LabelledImage> published = TinyNuclei.images("d", IMAGES, SIDE);

    @Test
    void bundleAnswersAsTheSessionDid() throws IOException, UndecodableImageException {
        WriteSafeTensors.to(folder.resolve("backbone.safetensors"), backbone());

        TrialOutcome outcome = run(Map.of(
                "trainable",
                "staged",
                "layerDecay",
                0.5,
                "weightDecay",
                0.01,
                "labelSmoothing",
                0.05,
                "stainJitter",
                0.1));

        assertThat(outcome).isEqualTo(TrialOutcome.COMPLETED);
        assertThat(diary.model.description().architecture()).isEqualTo(Architecture.MOBILENETV2);
        assertThat(diary.model.description().hyperparameters().weights()).isEqualTo("backbone.safetensors");
        // the session's answers to the validation images, compared by what they cost
        Predictions served = served(diary.model);
        Predictions computed = diary.epochs.get(1).predictions();
        assertThat(served.size()).isEqualTo(computed.size()).isEqualTo(IMAGES / TinyNuclei.FOLDS);
        for (double temperature : new double[] {0.5, 1, 3}) {
            double cost = computed.meanCrossEntropy(temperature);
            assertThat(served.meanCrossEntropy(temperature)).isEqualTo(cost, within(1e-3 * cost));
        }
        assertThat(served.confusionMatrix().counts())
                .isDeepEqualTo(computed.confusionMatrix().counts());
    }

    @Test
    void weightsThatDoNotFitFailTheTrialWithTheReason() throws IOException {
        Map<String, Tensor> tensors = backbone();
        tensors.remove(EXPANSION);
        WriteSafeTensors.to(folder.resolve("backbone.safetensors"), tensors);

        assertThat(run(Map.of())).isEqualTo(TrialOutcome.FAILED);
        assertThat(((Failed) diary.lastEvent()).reason()).contains(EXPANSION).contains("allowMissingWeights");
    }

    @Test
    void weightsThatAreNotThereFailTheTrialWithTheReason() {
        assertThat(run(Map.of())).isEqualTo(TrialOutcome.FAILED);
        assertThat(((Failed) diary.lastEvent()).reason()).contains("backbone.safetensors");
    }

    @Test
    void weightsWhoseServerIsAwayForAMomentAreWaitedFor() throws IOException {
        Path other = WriteSafeTensors.to(
                folder.resolve("other.safetensors"), Map.of("x", new Tensor(new long[] {1}, new float[] {1})));

        List<Integer> answers =
                answering(request -> request <= 2 ? 503 : 200, Files.readAllBytes(other), url -> assertThat(
                                run(Map.of("weights", url)))
                        .isEqualTo(TrialOutcome.FAILED));

        assertThat(answers).containsExactly(503, 503, 200);
        assertThat(((Failed) diary.lastEvent()).reason()).contains("it has no x");
    }

    @Test
    void weightsWhoseServerStaysAwayFailTheTrialWithTheReason() throws IOException {
        diary.tick = Duration.ofMinutes(1);

        List<Integer> answers = answering(request -> 503, new byte[1], url -> assertThat(run(Map.of("weights", url)))
                .isEqualTo(TrialOutcome.FAILED));

        assertThat(answers).hasSizeBetween(5, 20);
        assertThat(((Failed) diary.lastEvent()).reason()).contains("/weights", "503");
    }

    @Test
    void weightsThatAreRefusedFailTheTrialAtOnce() throws IOException {
        List<Integer> answers = answering(request -> 403, new byte[1], url -> assertThat(run(Map.of("weights", url)))
                .isEqualTo(TrialOutcome.FAILED));

        assertThat(answers).containsExactly(403);
    }

    @Test
    void stopEndsTheWaitForWeights() throws IOException {
        diary.standingAtHeartbeat = Standing.STOP_REQUESTED;

        answering(request -> 503, new byte[1], url -> assertThat(run(Map.of("weights", url)))
                .isEqualTo(TrialOutcome.STOPPED));
    }

    /** @return what the server has answered while {@code work} was done */
    private static List<Integer> answering(IntUnaryOperator status, byte[] content, Consumer<String> work)
            throws IOException {
        List<Integer> answers = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/weights", exchange -> {
            answers.add(status.applyAsInt(answers.size() + 1));
            exchange.sendResponseHeaders(answers.get(answers.size() - 1), content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        server.start();
        try {
            work.accept("http://localhost:" + server.getAddress().getPort() + "/weights");
        } finally {
            server.stop(0);
        }
        return answers;
    }

    private TrialOutcome run(Map<String, Object> over) {
        Map<String, Object> values = new HashMap<>(
                Map.of("inputSize", 32, "batchSize", 10, "learningRate", 0.002, "weights", "backbone.safetensors"));
        values.putAll(over);
        TrialRequested request = new TrialRequested(
                "t",
                1,
                "s",
                Architecture.MOBILENETV2,
                Hyperparameters.of(values),
                2,
                11,
                TinyNuclei.registration("d", IMAGES, List.of()),
                0);
        return diary.run(request, published, folder, new Interruption());
    }

    private static Map<String, Tensor> backbone() {
        return Backbone.of(new MobileNetV2(32, TinyNuclei.CLASSES.size()));
    }

    /** What the stored bundle says of the validation images. */
    private Predictions served(ModelBundle bundle) throws IOException, UndecodableImageException {
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        bundle.unpack(unpacked);
        Predictions predictions = new Predictions(TinyNuclei.CLASSES.size());
        try (SavedModelBundle model = SavedModelBundle.load(unpacked.toString())) {
            for (LabelledImage image : published) {
                if (image.fold() == 0) {
                    predictions.add(new float[][] {logits(model, image.bytes())}, new int[] {image.label()});
                }
            }
        }
        return predictions;
    }

    private static float[] logits(SavedModelBundle model, byte[] png) throws UndecodableImageException {
        byte[] rgb = new ImageDecoder(10_000).decode(png).image().rgb();
        float[] values = new float[rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            values[i] = rgb[i] & 255;
        }
        try (TFloat32 image = TFloat32.tensorOf(Shape.of(1, SIDE, SIDE, 3), DataBuffers.of(values));
                Result result = model.function(Signatures.SERVING).call(Map.of(Signatures.IMAGE, image))) {
            float[] logits = new float[TinyNuclei.CLASSES.size()];
            result.get(Signatures.LOGITS)
                    .orElseThrow()
                    .asRawTensor()
                    .data()
                    .asFloats()
                    .read(logits);
            return logits;
        }
    }
}
