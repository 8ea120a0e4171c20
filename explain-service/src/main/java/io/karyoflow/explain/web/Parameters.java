package io.karyoflow.explain.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.explain.explanation.MethodRequest;
import io.karyoflow.explain.faithfulness.Measure;
import io.karyoflow.explain.rendering.Picture;
import io.karyoflow.explain.rendering.Sign;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a request asks for, from its query parameters or form fields; what is not given has its default.
 *
 * @param methods by which the image is explained, each once
 * @param target as {@link TargetName} reads it
 * @param measures of faithfulness
 * @param sign which values pictures show; empty for what suits the method
 * @param scale how pictures are scaled
 * @param allChannels whether maps have a value for each channel of a pixel, and not their sum
 * @param panel whether JSON carries the panel too
 * @param filename of the image, if it is known
 * @param colours of the image's slide, if they are known
 * @param model the id of the model to explain, empty for the one that serves
 */
record Parameters(
        List<MethodRequest> methods,
        String target,
        Set<Measure> measures,
        Picture picture,
        Optional<Sign> sign,
        ScaleChoice scale,
        boolean allChannels,
        boolean panel,
        Optional<String> filename,
        Optional<ColourStatistics> colours,
        Optional<String> model) {
    static final String DEFAULT_METHODS = "saliency,smoothgrad,occlusion";
    static final Set<String> NAMES = new LinkedHashSet<>(List.of(
            "methods",
            "options",
            "target",
            "faithfulness",
            "picture",
            "sign",
            "scale",
            "channels",
            "panel",
            "filename",
            "colours",
            "model"));

    private static final String NONE = "none";
    private static final int LONGEST_FILENAME = 500;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Map<String, Object>>> OPTIONS = new TypeReference<>() {};

    /**
     * @param given by the names in {@link #NAMES}
     * @throws UnusableRequestException that says what is allowed, if a name is not known or a value is not allowed
     */
    static Parameters read(Map<String, String> given) {
        for (String name : given.keySet()) {
            if (!NAMES.contains(name)) {
                throw new UnusableRequestException(
                        "unknown parameter '" + name + "'; known are " + String.join(", ", NAMES));
            }
        }
        try {
            Picture picture = Picture.named(given.getOrDefault("picture", Picture.BLENDED_HEAT_MAP.id()));
            Optional<Sign> sign = Optional.ofNullable(given.get("sign")).map(Sign::named);
            if (sign.equals(Optional.of(Sign.ALL)) && !picture.hasColours()) {
                throw new UnusableRequestException("picture " + picture.id()
                        + " cannot show sign all; choose positive, negative or absolute_value, or leave sign out");
            }
            return new Parameters(
                    methods(given.getOrDefault("methods", DEFAULT_METHODS), given.getOrDefault("options", "{}")),
                    given.getOrDefault("target", TargetName.PREDICTED),
                    measures(given.getOrDefault("faithfulness", id(Measure.AUC))),
                    picture,
                    sign,
                    ScaleChoice.read(given.getOrDefault("scale", ScaleChoice.OWN)),
                    oneOf("channels", given.getOrDefault("channels", "sum"), Map.of("sum", false, "all", true)),
                    oneOf("panel", given.getOrDefault("panel", "false"), Map.of("false", false, "true", true)),
                    Optional.ofNullable(given.get("filename")).map(Parameters::filename),
                    Optional.ofNullable(given.get("colours")).map(Parameters::colours),
                    Optional.ofNullable(given.get("model")).map(Parameters::model));
        } catch (IllegalArgumentException e) {
            throw new UnusableRequestException(e.getMessage());
        }
    }

    private static List<MethodRequest> methods(String names, String optionsJson) {
        Set<String> methods = split(names);
        if (methods.isEmpty()) {
            throw new UnusableRequestException(
                    "methods names none; leave it out for " + DEFAULT_METHODS + ", or see GET /explanations/methods");
        }
        Map<String, Map<String, Object>> options = options(optionsJson);
        for (String method : options.keySet()) {
            if (!methods.contains(method)) {
                throw new UnusableRequestException("options are given for '" + method
                        + "', which is not among methods (" + String.join(", ", methods) + ")");
            }
        }
        return methods.stream()
                .map(method -> new MethodRequest(method, options.getOrDefault(method, Map.of())))
                .toList();
    }

    private static Map<String, Map<String, Object>> options(String json) {
        try {
            Map<String, Map<String, Object>> options = JSON.readValue(json, OPTIONS);
            if (options != null && !options.containsValue(null)) {
                return options;
            }
        } catch (JsonProcessingException e) {
            // the same as what is JSON but of another shape
        }
        throw new UnusableRequestException("options must be a JSON object with an object for each method, such as"
                + " {\"occlusion\":{\"strides\":[3,4,4]}}, not " + json);
    }

    private static Set<Measure> measures(String names) {
        Set<Measure> measures = EnumSet.noneOf(Measure.class);
        for (String name : split(names)) {
            if (!name.equals(NONE)) {
                measures.add(Arrays.stream(Measure.values())
                        .filter(measure -> id(measure).equals(name))
                        .findFirst()
                        .orElseThrow(() -> new UnusableRequestException("unknown measure of faithfulness '" + name
                                + "'; known are " + ids(Measure.values(), Parameters::id) + ", " + NONE)));
            }
        }
        return measures;
    }

    private static String id(Measure measure) {
        return measure.name().toLowerCase(Locale.ROOT);
    }

    private static <T> String ids(T[] values, Function<T, String> id) {
        return Arrays.stream(values).map(id).collect(Collectors.joining(", "));
    }

    private static boolean oneOf(String name, String value, Map<String, Boolean> meanings) {
        Boolean meaning = meanings.get(value);
        if (meaning == null) {
            throw new UnusableRequestException(name + " is '" + value + "'; it must be one of "
                    + String.join(", ", meanings.keySet().stream().sorted().toList()));
        }
        return meaning;
    }

    private static String filename(String name) {
        if (name.length() > LONGEST_FILENAME) {
            throw new UnusableRequestException("filename has more than " + LONGEST_FILENAME + " characters");
        }
        return name;
    }

    private static ColourStatistics colours(String numbers) {
        try {
            return ColourStatistics.parse(numbers);
        } catch (IllegalArgumentException e) {
            throw new UnusableRequestException("colours: " + e.getMessage());
        }
    }

    private static String model(String id) {
        if (id.isBlank()) {
            throw new UnusableRequestException("model is empty; leave it out for the model that serves");
        }
        return id.strip();
    }

    private static Set<String> split(String names) {
        return Arrays.stream(names.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
