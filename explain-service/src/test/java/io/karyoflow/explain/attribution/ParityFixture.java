package io.karyoflow.explain.attribution;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** What Captum says of {@link SmallConvNet}, as {@code src/test/parity/captum_maps.py} wrote it down. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ParityFixture(float[][] logits, List<MapCase> maps, List<MetricCase> metrics) {

    public record MapCase(
            String method,
            Map<String, Object> options,
            List<Integer> target,
            int input,
            float[] values,
            @JsonProperty("convergence_delta") Double convergenceDelta) {

        @Override
        public String toString() {
            return describe(method, options, target);
        }
    }

    public record MetricCase(
            String method,
            Map<String, Object> options,
            List<Integer> target,
            @JsonProperty("infidelity_gaussian") double gaussian,
            @JsonProperty("infidelity_gaussian_normalized") double gaussianNormalized,
            @JsonProperty("infidelity_hidden_rows") double hiddenRows,
            @JsonProperty("infidelity_hidden_rows_normalized") double hiddenRowsNormalized,
            @JsonProperty("sensitivity_max") double sensitivityMax) {

        @Override
        public String toString() {
            return describe(method, options, target);
        }
    }

    public static ParityFixture read() {
        try (InputStream json = ParityFixture.class.getResourceAsStream("/parity/captum.json")) {
            return new ObjectMapper().readValue(json, ParityFixture.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Both inputs, [2 * height * width * channels]. */
    public static float[] inputs() {
        int size = SmallConvNet.SHAPE.size();
        float[] inputs = new float[2 * size];
        for (int image = 0; image < 2; image++) {
            double[] values = SmallConvNet.sines(size, 3.77 + image, 0.3, 0.9);
            for (int i = 0; i < size; i++) {
                inputs[image * size + i] = (float) values[i];
            }
        }
        return inputs;
    }

    /** Mean 0, standard deviation 1; not Gaussian, but both sides can compute it. */
    public static float[] noise(int sample, int length) {
        float[] noise = new float[length];
        for (int i = 0; i < length; i++) {
            noise[i] = (float) (Math.sqrt(2) * Math.sin(1.7 * (sample * length + i) + 0.4));
        }
        return noise;
    }

    public static Target target(List<Integer> classes) {
        return classes.size() == 1 ? Target.ofClass(classes.get(0)) : Target.difference(classes.get(0), classes.get(1));
    }

    private static String describe(String method, Map<String, Object> options, List<Integer> target) {
        String listed = options.toString().replaceAll("\\[[^]]{60,}]", "given input");
        return method + " " + listed + " of " + (target.size() == 1 ? "class " : "difference ") + target;
    }
}
