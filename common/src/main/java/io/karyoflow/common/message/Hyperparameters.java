package io.karyoflow.common.message;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a trial may vary of its network and training. A component that is left out has its default, in messages too: so a
 * model that was trained before a component existed still says how.
 *
 * @param learningRate Adam's step size at the start of the cosine schedule, above 0, at most 1; default 0.001
 * @param batchSize images a step, 2 to 1024 (the normalisation of the first dense layer learns nothing from one image);
 *     default 32
 * @param dropout share of units dropped before each dense layer, 0 to 0.9; default 0.3
 * @param width of the convnet: channels of the first convolution pair; the second has 2 and the third 4 times as many; 4
 *     to 128, default 16
 * @param inputSize side of the square that images are resized to inside the graph, in pixels, a multiple of 8 from 16
 *     to 256; default 32; pretrained networks want 96 or more
 * @param augment whether training images are flipped and turned by quarters at random; default true
 * @param kernel of the convnet: side of each convolution's window in pixels, 3 or 5; default 3
 * @param normalisation of the convnet: of every layer but the last; default batch
 * @param weights path or http(s) URL, as trainers see it, of a safetensors file that the network starts from; default
 *     empty, for a random start
 * @param allowMissingWeights whether the file may lack tensors of the network, which then start at random; default false
 * @param trainable which parts of the network learn; default all
 * @param layerDecay each part of the network learns at this share of the rate of the part after it, above 0, at most 1;
 *     default 1
 * @param frozenStatistics whether batch normalisation before the head keeps the statistics it starts with; default false
 * @param weightDecay share of each filter and matrix, times the learning rate, that is lost at each step (AdamW); 0 to 1,
 *     default 0
 * @param labelSmoothing share of each label that is spread evenly over all classes, 0 to 0.5; default 0
 * @param stainJitter standard deviation by which the amounts of haematoxylin, eosin and residual stain of each training
 *     image are varied, as a share of themselves; 0 to 1, default 0
 */
@JsonDeserialize(using = Hyperparameters.FromMessage.class)
public record Hyperparameters(
        double learningRate,
        int batchSize,
        double dropout,
        int width,
        int inputSize,
        boolean augment,
        int kernel,
        Normalisation normalisation,
        String weights,
        boolean allowMissingWeights,
        Trainable trainable,
        double layerDecay,
        boolean frozenStatistics,
        double weightDecay,
        double labelSmoothing,
        double stainJitter) {

    public static final Hyperparameters DEFAULTS = new Hyperparameters(
            1e-3, 32, 0.3, 16, 32, true, 3, Normalisation.BATCH, "", false, Trainable.ALL, 1, false, 0, 0, 0);

    private static final TypeReference<LinkedHashMap<String, Object>> BY_NAME = new TypeReference<>() {};

    private static final ObjectMapper STRICT = MessageJson.mapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .addMixIn(Hyperparameters.class, Complete.class);

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
        check("kernel", kernel == 3 || kernel == 5, kernel, "3 or 5");
        check("weights", weights.length() <= 2000, weights.length() + " characters long", "at most 2000");
        check("layerDecay", layerDecay > 0 && layerDecay <= 1, layerDecay, "above 0 and at most 1");
        check("weightDecay", weightDecay >= 0 && weightDecay <= 1, weightDecay, "from 0 to 1");
        check("labelSmoothing", labelSmoothing >= 0 && labelSmoothing <= 0.5, labelSmoothing, "from 0 to 0.5");
        check("stainJitter", stainJitter >= 0 && stainJitter <= 1, stainJitter, "from 0 to 1");
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

    /** Messages may be older or newer than this code: what they lack has its default, what is not known is ignored. */
    static final class FromMessage extends JsonDeserializer<Hyperparameters> {
        @Override
        public Hyperparameters deserialize(JsonParser message, DeserializationContext context) throws IOException {
            Map<String, Object> values = context.readValue(message, context.constructType(BY_NAME.getType()));
            values.keySet().retainAll(names());
            values.values().removeIf(Objects::isNull);
            try {
                return of(values);
            } catch (IllegalArgumentException e) {
                throw JsonMappingException.from(message, e.getMessage(), e);
            }
        }
    }

    /** Reads all components as they are, where {@link FromMessage} would ask {@link #of} again. */
    @JsonDeserialize
    private interface Complete {}

    /** Values by name, in the order of declaration, as JSON has them: numbers, truth values and text. */
    public Map<String, Object> asMap() {
        return STRICT.convertValue(this, BY_NAME);
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
            if (mapping instanceof InvalidFormatException wrong
                    && wrong.getTargetType().isEnum()) {
                detail = "is '" + wrong.getValue() + "'; it must be one of "
                        + STRICT.convertValue(wrong.getTargetType().getEnumConstants(), List.class);
            }
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
