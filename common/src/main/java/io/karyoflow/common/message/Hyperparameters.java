package io.karyoflow.common.message;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a trial may vary of the 8-layer ConvNet and its training. A component that is left out has its default.
 *
 * @param learningRate Adam's step size at the start of the cosine schedule, above 0, at most 1; default 0.001
 * @param batchSize images a step, 2 to 1024 (the normalisation of the first dense layer learns nothing from one image);
 *     default 32
 * @param dropout share of units dropped before each dense layer, 0 to 0.9; default 0.3
 * @param width channels of the first convolution pair; the second has 2 and the third 4 times as many; 4 to 128,
 *     default 16
 * @param inputSize side of the square that images are resized to inside the graph, in pixels, a multiple of 8 from 16
 *     to 256; default 32
 * @param augment whether training images are flipped and turned by quarters at random; default true
 */
public record Hyperparameters(
        double learningRate, int batchSize, double dropout, int width, int inputSize, boolean augment) {

    public static final Hyperparameters DEFAULTS = new Hyperparameters(1e-3, 32, 0.3, 16, 32, true);

    private static final ObjectMapper STRICT = MessageJson.mapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);

    /** @throws IllegalArgumentException if a value is out of its range; the message names it and the range */
    public Hyperparameters {
        check("learningRate", learningRate > 0 && learningRate <= 1, learningRate, "above 0 and at most 1");
        check("batchSize", batchSize >= 2 && batchSize <= 1024, batchSize, "from 2 to 1024");
        check("dropout", dropout >= 0 && dropout <= 0.9, dropout, "from 0 to 0.9");
        check("width", width >= 4 && width <= 128, width, "from 4 to 128");
        check(
                "inputSize",
                inputSize >= 16 && inputSize <= 256 && inputSize % 8 == 0,
                inputSize,
                "a multiple of 8 from 16 to 256");
    }

    /** The names that a search space may use. */
    public static List<String> names() {
        return Arrays.stream(Hyperparameters.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    /**
     * The defaults with {@code values} over them.
     *
     * @throws IllegalArgumentException if a name is not a hyperparameter, or a value is of the wrong type or out of range
     */
    public static Hyperparameters of(Map<String, ?> values) {
        for (String name : values.keySet()) {
            if (!names().contains(name)) {
                throw new IllegalArgumentException("unknown hyperparameter '" + name + "'; known are "
                        + names().stream().collect(Collectors.joining(", ")));
            }
        }
        try {
            Map<String, Object> merged = new LinkedHashMap<>(DEFAULTS.asMap());
            values.forEach((name, value) -> merged.merge(name, value, Hyperparameters::wholeIfPossible));
            return STRICT.convertValue(merged, Hyperparameters.class);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(reason(e), e);
        }
    }

    /** Values by name, in the order of declaration. */
    public Map<String, Object> asMap() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("learningRate", learningRate);
        values.put("batchSize", batchSize);
        values.put("dropout", dropout);
        values.put("width", width);
        values.put("inputSize", inputSize);
        values.put("augment", augment);
        return values;
    }

    /** 24.0 is a whole number too, 24.5 is not: it is refused, not cut. */
    private static Object wholeIfPossible(Object usual, Object value) {
        boolean isWhole = usual instanceof Integer && value instanceof Double number && number == Math.rint(number);
        return isWhole ? (Object) ((Double) value).longValue() : value;
    }

    private static String reason(IllegalArgumentException e) {
        if (e.getCause() instanceof JsonMappingException mapping) {
            String path = mapping.getPath().stream()
                    .map(JsonMappingException.Reference::getFieldName)
                    .collect(Collectors.joining("."));
            String detail = mapping.getCause() instanceof IllegalArgumentException cause
                    ? cause.getMessage()
                    : mapping.getOriginalMessage();
            return path.isEmpty() ? detail : path + ": " + detail;
        }
        return e.getMessage();
    }

    private static void check(String name, boolean inRange, Object value, String range) {
        if (!inRange) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be " + range);
        }
    }
}
