package io.karyoflow.common.runtime;

import ai.djl.tensorflow.engine.javacpp.LibUtils;
import org.bytedeco.javacpp.Loader;

/**
 * Loads TensorFlow for those who use it without DJL: natives for the CPU come from a jar that JavaCPP unpacks, those for
 * GPUs from one that only DJL knows how to unpack.
 */
public final class TensorFlowLibraries {
    private static boolean loaded;

    private TensorFlowLibraries() {}

    /** Must come before the first use of {@code org.tensorflow}; more often does no harm. */
    public static synchronized void load() {
        if (loaded) {
            return;
        }
        // JavaCPP would count TensorFlow's memory against the Java heap's limit, and refuse some of it
        System.setProperty("org.bytedeco.javacpp.maxBytes", "0");
        System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        String library =
                "/org/tensorflow/internal/c_api/" + Loader.getPlatform() + "/" + System.mapLibraryName("jnitensorflow");
        if (TensorFlowLibraries.class.getResource(library) == null) {
            LibUtils.loadLibrary();
        }
        loaded = true;
    }
}
