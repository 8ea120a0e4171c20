package io.karyoflow.explain.attribution;

import java.util.Map;

/** Where {@link Rise} takes its masks from, so that another implementation's masks can be fed in. */
public interface Masks {
    /** @return [height * width], how much of each pixel mask number {@code number} keeps, 0 to 1; always the same */
    float[] mask(int number, InputShape shape);

    /** E[m]: how much of a pixel masks keep in the mean, above 0, up to 1. */
    double expectation();

    /** The settings that the masks depend on. */
    Map<String, Object> parameters();
}
