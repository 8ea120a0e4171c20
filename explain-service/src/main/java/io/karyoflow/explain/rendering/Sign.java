package io.karyoflow.explain.rendering;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which values of a map a picture shows; named as in Captum's {@code visualize_image_attr}. */
public enum Sign {
    /** What speaks for the target (above 0) and against it (below 0). */
    ALL,
    /** Only what speaks for the target. */
    POSITIVE,
    /** Only what speaks against the target, as magnitudes. */
    NEGATIVE,
    /** Only how large values are, not their sign. */
    ABSOLUTE_VALUE;

    /** @return from any number for {@link #ALL}, else at least 0; 0 for what is no finite number */
    float shown(float value) {
        if (!Float.isFinite(value)) {
            return 0;
        }
        return switch (this) {
            case ALL -> value;
            case POSITIVE -> Math.max(0, value);
            case NEGATIVE -> Math.max(0, -value);
            case ABSOLUTE_VALUE -> Math.abs(value);
        };
    }

    /** What a value above 0 says, for the legend of a picture. */
    String meaning() {
        return switch (this) {
            case ALL, POSITIVE -> "for the target";
            case NEGATIVE -> "against the target";
            case ABSOLUTE_VALUE -> "magnitude";
        };
    }

    /** As Captum and requests name it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if no sign has this name; the message lists those that there are */
    public static Sign named(String name) {
        return Arrays.stream(values())
                .filter(sign -> sign.id().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown sign '" + name + "'; known are "
                        + Arrays.stream(values()).map(Sign::id).collect(Collectors.joining(", "))));
    }
}
