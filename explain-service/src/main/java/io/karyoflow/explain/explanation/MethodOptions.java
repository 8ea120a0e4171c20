package io.karyoflow.explain.explanation;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.explain.attribution.AttributionMethod;
import io.karyoflow.explain.attribution.ExplainableModel;
import io.karyoflow.explain.attribution.InputShape;
import io.karyoflow.explain.attribution.MethodCatalogue;
import io.karyoflow.explain.attribution.MethodDescription;
import io.karyoflow.explain.attribution.OptionDescription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The catalogue's methods, set as this service sets them where a request does not. */
public final class MethodOptions {
    private static final String OCCLUSION = "occlusion";
    private static final String STRIDES = "strides";
    private static final String WHITE = "white";

    private final MethodCatalogue catalogue;
    private final Map<String, Map<String, Object>> configured = new LinkedHashMap<>();

    /**
     * @param configured by method and option, values as JSON has them
     * @throws IllegalArgumentException if a value is no JSON, or the catalogue does not allow it
     */
    public MethodOptions(MethodCatalogue catalogue, Map<String, Map<String, String>> configured) {
        this.catalogue = catalogue;
        configured.forEach((method, options) -> {
            Map<String, Object> parsed = new LinkedHashMap<>();
            options.forEach((option, json) -> parsed.put(option, parse(method, option, json)));
            this.configured.put(method, parsed);
            catalogue.create(method, parsed, new InputShape(64, 64, 3)); // so that a mistake is found at the start
        });
    }

    private static Object parse(String method, String option, String json) {
        try {
            return MessageJson.mapper().readValue(json, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "karyoflow.explain.options." + method + "." + option + " is " + json + ", which is no JSON value",
                    e);
        }
    }

    /** @throws IllegalArgumentException that says what is allowed, if the method or an option is not */
    public AttributionMethod over(MethodRequest request, InputShape shape) {
        return catalogue.create(request.method(), options(request, shape), shape);
    }

    /**
     * As {@link #over(MethodRequest, InputShape)}; white is what this model sees of white glass.
     *
     * @throws IllegalArgumentException that says what is allowed, if the method or an option is not
     */
    public AttributionMethod over(MethodRequest request, ExplainableModel model) {
        Map<String, Object> options = options(request, model.inputShape());
        options.replaceAll((option, value) -> WHITE.equals(value) ? list(model.white()) : value);
        return catalogue.create(request.method(), options, model.inputShape());
    }

    private static List<Float> list(float[] values) {
        List<Float> list = new ArrayList<>();
        for (float value : values) {
            list.add(value);
        }
        return list;
    }

    /** Whether the method's maps depend on what the model sees of white glass. */
    boolean isAboutWhite(MethodRequest request) {
        return options(request).containsValue(WHITE);
    }

    private Map<String, Object> options(MethodRequest request) {
        Map<String, Object> options = new HashMap<>(configured.getOrDefault(request.method(), Map.of()));
        options.putAll(request.options());
        return options;
    }

    private Map<String, Object> options(MethodRequest request, InputShape shape) {
        Map<String, Object> options = options(request);
        if (request.method().equals(OCCLUSION) && !options.containsKey("sliding_window_shapes")) {
            options.putIfAbsent(STRIDES, halfAWindow(shape));
        }
        return options;
    }

    /** Captum's stride of 1 takes a hundred times as long for a map that looks the same. */
    private static List<Integer> halfAWindow(InputShape shape) {
        return List.of(shape.channels(), Math.max(1, shape.height() / 10), Math.max(1, shape.width() / 10));
    }

    /** All methods, with this service's defaults. */
    public List<MethodDescription> describe() {
        return catalogue.describe().stream().map(this::withDefaults).toList();
    }

    private MethodDescription withDefaults(MethodDescription method) {
        List<OptionDescription> options = method.options().stream()
                .map(option -> option.withDefault(defaultOf(method.name(), option)))
                .toList();
        return method.withOptions(options);
    }

    private Object defaultOf(String method, OptionDescription option) {
        Map<String, Object> ours = configured.getOrDefault(method, Map.of());
        if (ours.containsKey(option.name())) {
            return ours.get(option.name());
        }
        boolean bySize = method.equals(OCCLUSION) && option.name().equals(STRIDES);
        return bySize ? null : option.defaultValue();
    }

    /** Where a method with this service's defaults is served; empty if there is no such method. */
    public Optional<Lane> lane(String method) {
        return lane(new MethodRequest(method));
    }

    /** Where a method is served, which its options decide too; empty if there is no such method. */
    public Optional<Lane> lane(MethodRequest request) {
        return catalogue.names().contains(request.method())
                ? Optional.of(catalogue.isSlow(request.method(), options(request)) ? Lane.SLOW : Lane.QUICK)
                : Optional.empty();
    }

    public List<String> names() {
        return catalogue.names();
    }
}
