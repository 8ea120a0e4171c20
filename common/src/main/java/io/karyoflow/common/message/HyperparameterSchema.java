package io.karyoflow.common.message;

import com.fasterxml.jackson.core.type.TypeReference;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Names, types, ranges, defaults and meanings of the {@link Hyperparameters}, read from their declaration. */
public final class HyperparameterSchema {
    private static final Map<String, RecordComponent> COMPONENTS = components();

    private HyperparameterSchema() {}

    /** In the order of declaration. */
    static List<String> names() {
        return List.copyOf(COMPONENTS.keySet());
    }

    /** What each is when it is left out, by name. */
    static Map<String, Object> defaults() {
        Map<String, Object> defaults = new LinkedHashMap<>();
        COMPONENTS.forEach((name, component) ->
                defaults.put(name, MessageJson.read(annotation(component).otherwise(), Object.class)));
        return defaults;
    }

    /**
     * @param values of all, in the order of declaration
     * @throws IllegalArgumentException if one is out of its range; the message names it and the range
     */
    static void check(Object... values) {
        int next = 0;
        for (Map.Entry<String, RecordComponent> component : COMPONENTS.entrySet()) {
            check(component.getKey(), annotation(component.getValue()), values[next++]);
        }
    }

    private static void check(String name, Hyperparameter declared, Object value) {
        if (value instanceof String text && text.length() > declared.maxLength()) {
            throw new IllegalArgumentException(
                    name + " is " + text.length() + " characters long; it must be at most " + declared.maxLength());
        }
        if (value instanceof Number number && !isAllowed(number.doubleValue(), declared)) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be " + range(declared));
        }
    }

    /**
     * As JSON Schema (draft 2020-12): an object with a property for each, which says {@code type} or {@code enum}, range,
     * {@code default} and {@code description}.
     */
    public static Map<String, Object> json() {
        Map<String, Object> defaults = Hyperparameters.DEFAULTS.asMap();
        Map<String, Object> properties = new LinkedHashMap<>();
        COMPONENTS.forEach((name, component) -> {
            Map<String, Object> property = typeAndRange(component);
            property.put("default", defaults.get(name));
            property.put("description", annotation(component).value());
            properties.put(name, property);
        });
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "What a trial may vary of its network and training");
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        schema.put("properties", properties);
        return schema;
    }

    private static Map<String, Object> typeAndRange(RecordComponent component) {
        Hyperparameter declared = annotation(component);
        Class<?> type = component.getType();
        Map<String, Object> property = new LinkedHashMap<>();
        if (type.isEnum()) {
            property.put(
                    "enum",
                    MessageJson.mapper().convertValue(type.getEnumConstants(), new TypeReference<List<String>>() {}));
        } else if (declared.oneOf().length > 0) {
            property.put("enum", Arrays.stream(declared.oneOf()).boxed().toList());
        } else if (type == boolean.class) {
            property.put("type", "boolean");
        } else if (type == String.class) {
            property.put("type", "string");
            property.put("maxLength", declared.maxLength());
        } else {
            property.put("type", type == int.class ? "integer" : "number");
            putIf(declared.above() > Double.NEGATIVE_INFINITY, property, "exclusiveMinimum", declared.above());
            putIf(declared.from() > Double.NEGATIVE_INFINITY, property, "minimum", declared.from());
            property.put("maximum", plain(declared.to()));
            putIf(declared.multipleOf() > 1, property, "multipleOf", declared.multipleOf());
        }
        return property;
    }

    private static void putIf(boolean wanted, Map<String, Object> property, String keyword, double value) {
        if (wanted) {
            property.put(keyword, plain(value));
        }
    }

    private static boolean isAllowed(double value, Hyperparameter declared) {
        return value >= declared.from()
                && value <= declared.to()
                && value > declared.above()
                && (declared.multipleOf() == 1 || value % declared.multipleOf() == 0)
                && (declared.oneOf().length == 0
                        || Arrays.stream(declared.oneOf()).anyMatch(one -> one == value));
    }

    private static String range(Hyperparameter declared) {
        if (declared.oneOf().length > 0) {
            return Arrays.stream(declared.oneOf()).mapToObj(Integer::toString).collect(Collectors.joining(" or "));
        }
        if (declared.above() > Double.NEGATIVE_INFINITY) {
            return "above " + plain(declared.above()) + " and at most " + plain(declared.to());
        }
        String multiple = declared.multipleOf() > 1 ? "a multiple of " + declared.multipleOf() + " " : "";
        return multiple + "from " + plain(declared.from()) + " to " + plain(declared.to());
    }

    /** Whole numbers without a point. */
    private static Number plain(double value) {
        if (value == Math.rint(value)) {
            return (long) value;
        }
        return value;
    }

    private static Hyperparameter annotation(RecordComponent component) {
        return component.getAnnotation(Hyperparameter.class);
    }

    private static Map<String, RecordComponent> components() {
        Map<String, RecordComponent> byName = new LinkedHashMap<>();
        for (RecordComponent component : Hyperparameters.class.getRecordComponents()) {
            byName.put(component.getName(), component);
        }
        return byName;
    }
}
