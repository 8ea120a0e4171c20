package io.karyoflow.common.runtime;

import static io.karyoflow.common.model.Signatures.ACTIVATIONS;
import static io.karyoflow.common.model.Signatures.ACTIVATION_GRADIENT;
import static io.karyoflow.common.model.Signatures.AVERAGED;
import static io.karyoflow.common.model.Signatures.COLOURS;
import static io.karyoflow.common.model.Signatures.GRADIENT;
import static io.karyoflow.common.model.Signatures.IMAGE;
import static io.karyoflow.common.model.Signatures.INPUT;
import static io.karyoflow.common.model.Signatures.LOGITS;
import static io.karyoflow.common.model.Signatures.PREPROCESS;
import static io.karyoflow.common.model.Signatures.PROBABILITIES;
import static io.karyoflow.common.model.Signatures.SERVING;
import static io.karyoflow.common.model.Signatures.TARGET;

import ai.djl.Model;
import ai.djl.ModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.tensorflow.engine.SavedModelBundle;
import ai.djl.tensorflow.engine.TfSymbolBlock;
import ai.djl.tensorflow.engine.javacpp.JavacppUtils;
import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.model.ModelDescription;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.tensorflow.proto.ConfigProto;

/** A bundle's SavedModel, loaded once through DJL, with its signatures over one TensorFlow session. */
public final class DjlModel implements ServedModel {
    private final String id;
    private final ModelDescription description;
    private final Model model;
    private final NDManager manager;
    private final BoundSignature serving;
    private final BoundSignature preprocess;
    private final BoundSignature logits;
    private final Optional<BoundSignature> gradient;
    private final Optional<BoundSignature> activations;

    private DjlModel(ModelBundle bundle, Model model, String servingKey) {
        // not the bundle: its bytes would stay in memory for as long as the model serves
        this.id = bundle.id();
        this.description = bundle.description();
        this.model = model;
        this.manager = model.getNDManager();
        SavedModelBundle loaded = ((TfSymbolBlock) model.getBlock()).getSavedModelBundle();
        List<String> images = description.seesSlides() ? List.of(IMAGE, COLOURS) : List.of(IMAGE);
        this.serving = new BoundSignature(loaded, servingKey, images, List.of(PROBABILITIES, LOGITS));
        this.preprocess = new BoundSignature(loaded, PREPROCESS, images, List.of(INPUT));
        this.logits = new BoundSignature(loaded, LOGITS, List.of(INPUT), List.of(LOGITS));
        this.gradient = optional(loaded, GRADIENT, List.of(GRADIENT));
        this.activations = optional(loaded, ACTIVATIONS, List.of(ACTIVATIONS, ACTIVATION_GRADIENT));
    }

    /** A model from elsewhere can label, and be explained by hiding parts of images, without gradients. */
    private static Optional<BoundSignature> optional(SavedModelBundle loaded, String key, List<String> outputs) {
        return loaded.getMetaGraphDef().containsSignatureDef(key)
                ? Optional.of(new BoundSignature(loaded, key, List.of(INPUT, TARGET), outputs))
                : Optional.empty();
    }

    /** As {@link #open(ModelBundle, Path, int, boolean)}, with labels as the bundle makes them. */
    public static DjlModel open(ModelBundle bundle, Path workFolder, int threads) {
        return open(bundle, workFolder, threads, false);
    }

    /**
     * Unpacks and loads a bundle.
     *
     * @param workFolder where the SavedModel's files lie while it is loaded; made if it is not there
     * @param threads that compute one operation together, 0 for all cores; the first model of a process decides
     * @param averageOrientations whether labels are made of the mean over flips and turns, even if the bundle does not say
     *     so
     * @throws IllegalArgumentException if the bundle is broken or has no signature for labels, preprocessing or logits
     * @throws UncheckedIOException if its files cannot be written or read just now, which is not its fault
     */
    public static DjlModel open(ModelBundle bundle, Path workFolder, int threads, boolean averageOrientations) {
        TensorFlowNatives.locate();
        // TensorFlow has read the files when it returns, so that nothing is left behind however this process ends
        try (UnpackedBundle files = UnpackedBundle.of(bundle, workFolder)) {
            return load(bundle, files.folder(), threads, averageOrientations ? AVERAGED : SERVING);
        }
    }

    private static DjlModel load(ModelBundle bundle, Path folder, int threads, String servingKey) {
        Model model = null;
        try {
            model = criteria(folder, threads).loadModel();
            return new DjlModel(bundle, model, servingKey);
        } catch (ModelException | FileNotFoundException | RuntimeException e) {
            // a file that is not there was never packed
            close(model);
            throw new IllegalArgumentException("cannot load model " + bundle.id() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            close(model);
            throw new UncheckedIOException("cannot read the unpacked model " + bundle.id() + " in " + folder, e);
        }
    }

    private static void close(Model model) {
        if (model != null) {
            model.close();
        }
    }

    private static Criteria<NDList, NDList> criteria(Path folder, int threads) {
        ConfigProto session = JavacppUtils.getSessionConfig().toBuilder()
                .setIntraOpParallelismThreads(threads)
                .build();
        return Criteria.builder()
                .setTypes(NDList.class, NDList.class)
                .optEngine("TensorFlow")
                .optModelPath(folder)
                .optOption("SignatureDefKey", SERVING)
                .optOption("ConfigProto", Base64.getEncoder().encodeToString(session.toByteArray()))
                .build();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    @Override
    public Classification classify(ImageBatch images) {
        return serving.run(
                manager,
                call -> arguments(call, images),
                outputs -> new Classification(outputs.rows(PROBABILITIES), outputs.rows(LOGITS)));
    }

    @Override
    public float[] preprocess(ImageBatch images) {
        return preprocess.run(manager, call -> arguments(call, images), outputs -> outputs.flat(INPUT));
    }

    @Override
    public float[][] logits(float[] inputs, int count) {
        return logits.run(manager, call -> List.of(inputs(call, inputs, count)), outputs -> outputs.rows(LOGITS));
    }

    @Override
    public float[] gradient(float[] inputs, int[] targets) {
        return orThrow(gradient, GRADIENT)
                .run(manager, call -> towards(call, inputs, targets), outputs -> outputs.flat(GRADIENT));
    }

    @Override
    public LastConvolution lastConvolution(float[] inputs, int[] targets) {
        return orThrow(activations, ACTIVATIONS).run(manager, call -> towards(call, inputs, targets), outputs -> {
            long[] shape = outputs.shape(ACTIVATIONS);
            return new LastConvolution(
                    (int) shape[1],
                    (int) shape[2],
                    (int) shape[3],
                    outputs.flat(ACTIVATIONS),
                    outputs.flat(ACTIVATION_GRADIENT));
        });
    }

    private BoundSignature orThrow(Optional<BoundSignature> signature, String key) {
        return signature.orElseThrow(() -> new MissingSignatureException(id(), key));
    }

    private List<NDArray> towards(NDManager call, float[] inputs, int[] targets) {
        int classes = description().classes().size();
        for (int target : targets) {
            if (target < 0 || target >= classes) {
                throw new IllegalArgumentException("target " + target + " is none of the " + classes + " classes");
            }
        }
        return List.of(inputs(call, inputs, targets.length), call.create(targets));
    }

    @Override
    public void close() {
        model.close(); // one bundle lies under all signatures: closing it once closes all
    }

    private List<NDArray> arguments(NDManager call, ImageBatch images) {
        NDArray pixels = call.create(images.pixels(), new Shape(images.count(), images.height(), images.width(), 3));
        return description.seesSlides()
                ? List.of(pixels, call.create(images.colours(), new Shape(images.count(), ColourStatistics.NUMBERS)))
                : List.of(pixels);
    }

    private NDArray inputs(NDManager call, float[] inputs, int count) {
        int height = description().inputHeight();
        int width = description().inputWidth();
        if (inputs.length != (long) count * height * width * 3) {
            throw new IllegalArgumentException(
                    inputs.length + " values cannot be " + count + " inputs of " + height + " x " + width + " x 3");
        }
        return call.create(inputs, new Shape(count, height, width, 3));
    }
}
