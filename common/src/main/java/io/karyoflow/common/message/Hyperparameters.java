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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a trial may vary of its network and training. Each component says what it means, its range and its default; what is
 * left out has its default, in messages too: so a model that was trained before a component existed still says how.
 */
@JsonDeserialize(using = Hyperparameters.FromMessage.class)
public record Hyperparameters(
        // The network
        @Hyperparameter(
                        value =
                                "convnet: channels of the first pair of convolutions; the second has 2 and the third 4 times as many",
                        otherwise = "16",
                        from = 4,
                        to = 128)
                int width,
        @Hyperparameter(
                        value = "convnet: side of each convolution's window, in pixels",
                        otherwise = "3",
                        oneOf = {3, 5})
                int kernel,
        @Hyperparameter(value = "convnet: of every layer but the last", otherwise = "\"batch\"")
                Normalisation normalisation,
        @Hyperparameter(
                        value =
                                "resnet50, resnet50v2: how many of the four stages are used; the last ones know most of photographs and least of tissue, and take most of the time",
                        otherwise = "4",
                        oneOf = {2, 3, 4})
                int stages,
        @Hyperparameter(
                        value =
                                "side of the square that images are resized to inside the graph, in pixels; mobilenetv2 and a resnet of all stages want 96 or more",
                        otherwise = "32",
                        from = 16,
                        to = 256,
                        multipleOf = 8)
                int inputSize,
        @Hyperparameter(
                        value =
                                "whether images are brought to the same stains inside the graph: no, each image by Macenko's method, each to haematoxylin alone, or each slide to the usual colours, by the statistics of its images (Group when training, slide in requests)",
                        otherwise = "\"none\"")
                StainNormalisation stainNormalisation,
        @Hyperparameter(value = "share of units dropped before each dense layer", otherwise = "0.3", from = 0, to = 0.9)
                double dropout,
        // What it starts from, and which of it learns
        @Hyperparameter(
                        value =
                                "path or http(s) URL, as trainers see it, of a safetensors file that the network starts from; empty for a random start",
                        otherwise = "\"\"",
                        maxLength = 2000)
                String weights,
        @Hyperparameter(
                        value = "whether the file may lack tensors of the network, which then start at random",
                        otherwise = "false")
                boolean allowMissingWeights,
        @Hyperparameter(
                        value =
                                "which parts of the network learn: the head alone, the head first and then one part more at a time, or all",
                        otherwise = "\"all\"")
                Trainable trainable,
        @Hyperparameter(
                        value = "each part of the network learns at this share of the rate of the part after it",
                        otherwise = "1",
                        above = 0,
                        to = 1)
                double layerDecay,
        @Hyperparameter(
                        value = "whether batch normalisation before the head keeps the statistics it starts with",
                        otherwise = "false")
                boolean frozenStatistics,
        // The optimiser
        @Hyperparameter(
                        value =
                                "adamw (weight decay apart from the gradient), adam (weight decay in the gradient) or sgd (with Nesterov momentum)",
                        otherwise = "\"adamw\"")
                Optimiser optimiser,
        @Hyperparameter(value = "step size at the schedule's highest point", otherwise = "0.001", above = 0, to = 1)
                double learningRate,
        @Hyperparameter(value = "sgd: share of the last step that is repeated", otherwise = "0.9", from = 0, to = 0.999)
                double momentum,
        @Hyperparameter(
                        value = "images a step; at least 2, since one by itself has no batch statistics",
                        otherwise = "32",
                        from = 2,
                        to = 1024)
                int batchSize,
        @Hyperparameter(
                        value =
                                "parts of a batch that batch normalisation before the head takes for batches of their own (ghost batches), and that are computed side by side on a thread each; of fewer than 8 images there is none",
                        otherwise = "2",
                        from = 1,
                        to = 8)
                int ghostBatches,
        @Hyperparameter(
                        value =
                                "how the learning rate changes: cosine falls to 0 along half a cosine, step falls to a tenth after a half and again after three quarters of the steps that follow the warm-up, onecycle rises to its highest point for three tenths and falls to almost 0, constant",
                        otherwise = "\"cosine\"")
                Schedule schedule,
        @Hyperparameter(
                        value =
                                "share of all steps over which the learning rate first rises in a straight line; not for onecycle, which has its own",
                        otherwise = "0",
                        from = 0,
                        to = 0.5)
                double warmUp,
        @Hyperparameter(
                        value = "share of each filter and matrix, times the learning rate, that is lost at each step",
                        otherwise = "0",
                        from = 0,
                        to = 1)
                double weightDecay,
        @Hyperparameter(
                        value = "highest norm of all gradients together; longer ones are shortened to it; 0 for any",
                        otherwise = "0",
                        from = 0,
                        to = 1000)
                double gradientClipping,
        @Hyperparameter(
                        value =
                                "share of itself that an exponential moving average of the weights keeps at each step; validated and stored is the average; 0 for none",
                        otherwise = "0",
                        from = 0,
                        to = 0.9999)
                double weightAveraging,
        @Hyperparameter(
                        value =
                                "of convolutions and matrix products while training: fp32, or bf16 where the processor has it; weights, sums and the stored model are fp32",
                        otherwise = "\"fp32\"")
                Precision precision,
        @Hyperparameter(
                        value =
                                "ends the trial as completed when the validation loss has not fallen for so many epochs; what is stored is the network after the last of them; 0 for never",
                        otherwise = "0",
                        from = 0,
                        to = 1000)
                int earlyStopping,
        // The loss
        @Hyperparameter(
                        value = "share of each label that is spread evenly over all classes",
                        otherwise = "0",
                        from = 0,
                        to = 0.5)
                double labelSmoothing,
        @Hyperparameter(
                        value =
                                "what rare classes are given: none; weights (each image weighs as the inverse of its class' frequency), squareroot (as the square root of that); sampling (each class is drawn equally often)",
                        otherwise = "\"none\"")
                ClassBalance classBalance,
        @Hyperparameter(
                        value =
                                "focal loss: images weigh (1 - p)^gamma for their label's probability p; 0 for cross entropy",
                        otherwise = "0",
                        from = 0,
                        to = 5)
                double focalGamma,
        // How training images are varied
        @Hyperparameter(
                        value = "whether each is laid in one of its 8 flips and quarter turns at random",
                        otherwise = "true")
                boolean flipsAndTurns,
        @Hyperparameter(value = "farthest move, as a share of the side", otherwise = "0", from = 0, to = 0.5)
                double shift,
        @Hyperparameter(
                        value = "largest natural logarithm of the scale, in or out",
                        otherwise = "0",
                        from = 0,
                        to = 0.5)
                double zoom,
        @Hyperparameter(
                        value =
                                "standard deviation by which the amounts of haematoxylin, eosin and residual stain are varied, as a share of themselves",
                        otherwise = "0",
                        from = 0,
                        to = 1)
                double stainJitter,
        @Hyperparameter(
                        value = "largest standard deviation of a Gaussian blur, in pixels",
                        otherwise = "0",
                        from = 0,
                        to = 5)
                double blur,
        @Hyperparameter(
                        value = "largest standard deviation of Gaussian noise, in grey levels of 0 to 255",
                        otherwise = "0",
                        from = 0,
                        to = 50)
                double noise,
        @Hyperparameter(value = "probability that a rectangle is painted over", otherwise = "0", from = 0, to = 1)
                double erasing,
        @Hyperparameter(
                        value =
                                "alpha of the Beta distribution that says how much of another image is mixed in; 0 for none",
                        otherwise = "0",
                        from = 0,
                        to = 1)
                double mixup,
        // How it is used
        @Hyperparameter(
                        value =
                                "whether probabilities are of the mean score of the 8 flips and quarter turns; takes 8 times as long",
                        otherwise = "false")
                boolean averageOrientations) {

    private static final TypeReference<LinkedHashMap<String, Object>> BY_NAME = new TypeReference<>() {};

    private static final ObjectMapper STRICT = MessageJson.mapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .addMixIn(Hyperparameters.class, Complete.class);

    public static final Hyperparameters DEFAULTS =
            STRICT.convertValue(HyperparameterSchema.defaults(), Hyperparameters.class);

    /** @throws IllegalArgumentException if a value is out of its range; the message names it and the range */
    public Hyperparameters {
        HyperparameterSchema.check(
                width,
                kernel,
                normalisation,
                stages,
                inputSize,
                stainNormalisation,
                dropout,
                weights,
                allowMissingWeights,
                trainable,
                layerDecay,
                frozenStatistics,
                optimiser,
                learningRate,
                momentum,
                batchSize,
                ghostBatches,
                schedule,
                warmUp,
                weightDecay,
                gradientClipping,
                weightAveraging,
                precision,
                earlyStopping,
                labelSmoothing,
                classBalance,
                focalGamma,
                flipsAndTurns,
                shift,
                zoom,
                stainJitter,
                blur,
                noise,
                erasing,
                mixup,
                averageOrientations);
    }

    /** The names that a search space may use. */
    public static List<String> names() {
        return HyperparameterSchema.names();
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
}
