package io.karyoflow.explain.rendering;

/** Which values of a map a picture shows; named as in Captum's {@code visualize_image_attr}. */
public enum Sign {
    /** values speak for the class (above 0) or against it (below 0) */
    ALL,
    /** only how large values are, not their sign */
    ABSOLUTE_VALUE
}
