package io.karyoflow.explain.explanation;

import java.util.Locale;

/** Methods are served in two lanes that do not wait for each other, so that the slow ones do not hold up the quick. */
public enum Lane {
    /** one or a few dozen calls of the model for an image: the gradient methods */
    QUICK,
    /** hundreds of them: the methods that hide parts of the image, and integrated gradients of noisy copies */
    SLOW;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
