package io.karyoflow.trainer.training;

import ai.djl.tensorflow.engine.javacpp.LibUtils;
import org.bytedeco.javacpp.Loader;

/** TensorFlow's native libraries: those for the CPU come from a jar that JavaCPP unpacks, those for GPUs from DJL's. */
final class Natives {
    private static boolean loaded;

    private Natives() {}

    /** Must come before the first use of {@code org.tensorflow}; more often does no harm. */
    static synchronized void load() {
        if (loaded) {
            return;
        }
        // JavaCPP would count TensorFlow's memory against the Java heap's limit, and refuse some of it
        System.setProperty("org.bytedeco.javacpp.maxBytes", "0");
        System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        String jnitensorflow =
                "/org/tensorflow/internal/c_api/" + Loader.getPlatform() + "/" + System.mapLibraryName("jnitensorflow");
        if (Natives.class.getResource(jnitensorflow) == null) {
            LibUtils.loadLibrary();
        }
        loaded = true;
    }
}
