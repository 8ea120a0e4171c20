package io.karyoflow.trainer.pretrained;

import java.util.Set;

/** Named arrays of numbers. */
public interface Tensors {
    Set<String> names();

    /** @param name one of {@link #names} */
    long[] shape(String name);

    /**
     * @param name one of {@link #names}
     * @return row-major, as many as the shape says
     * @throws UnusableWeightsException if they are not floating point numbers, or cannot be read
     */
    float[] values(String name);
}
