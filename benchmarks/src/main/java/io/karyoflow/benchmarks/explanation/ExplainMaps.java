package io.karyoflow.benchmarks.explanation;

import io.karyoflow.benchmarks.model.UntrainedModel;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.runtime.DjlModel;
import io.karyoflow.explain.attribution.AttributionMethod;
import io.karyoflow.explain.attribution.ExplainableModel;
import io.karyoflow.explain.attribution.InputShape;
import io.karyoflow.explain.attribution.MethodCatalogue;
import io.karyoflow.explain.attribution.Target;
import io.karyoflow.explain.runtime.ServedExplainableModel;
import io.karyoflow.explain.runtime.SideBySide;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How many maps a second the explain service makes of the 8-layer ConvNet. Prints a line for each method: {@code
 * karyoflow METHOD default MAPS_PER_SECOND}. The settings are those of {@code captum_maps.py} beside {@code run}.
 */
public final class ExplainMaps {
    private static final int SIDE = 48;
    private static final int WIDTH = 16;
    private static final int IMAGES = 16;

    private static final Map<String, Map<String, Object>> METHODS = new LinkedHashMap<>();

    static {
        METHODS.put("occlusion", Map.of("sliding_window_shapes", List.of(3, 10, 10), "strides", List.of(3, 4, 4)));
        METHODS.put("saliency", Map.of());
        METHODS.put("integrated_gradients", Map.of("n_steps", 50));
        METHODS.put("smoothgrad", Map.of("nt_samples", 16, "stdevs", 0.3));
    }

    private ExplainMaps() {}

    /** @param arguments seconds for each method */
    public static void main(String[] arguments) throws Exception {
        double seconds = Double.parseDouble(arguments[0]);
        Path folder = Files.createTempDirectory("karyoflow-benchmark");
        ModelBundle bundle = UntrainedModel.bundle(SIDE, WIDTH, folder);
        SideBySide cores = new SideBySide(Runtime.getRuntime().availableProcessors());
        try (DjlModel served = DjlModel.open(bundle, folder, 1)) {
            ExplainableModel model = new ServedExplainableModel(served, cores);
            InputShape shape = model.inputShape();
            float[] inputs = inputs(shape);
            List<Target> targets = Collections.nCopies(IMAGES, Target.ofClass(0));
            METHODS.forEach((name, options) -> {
                AttributionMethod method = new MethodCatalogue().create(name, options, shape);
                method.attribute(model, inputs, targets);
                System.out.printf(
                        "karyoflow %s default %.2f%n", name, mapsPerSecond(method, model, inputs, targets, seconds));
            });
        }
    }

    private static double mapsPerSecond(
            AttributionMethod method, ExplainableModel model, float[] inputs, List<Target> targets, double seconds) {
        long started = System.nanoTime();
        long maps = 0;
        double elapsed;
        do {
            maps += method.attribute(model, inputs, targets).size();
            elapsed = (System.nanoTime() - started) / 1e9;
        } while (elapsed < seconds);
        return maps / elapsed;
    }

    private static float[] inputs(InputShape shape) {
        Random random = new Random(0);
        float[] inputs = new float[IMAGES * shape.size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = 2 * random.nextFloat() - 1;
        }
        return inputs;
    }
}
