package io.karyoflow.common.runtime;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.bytedeco.javacpp.Loader;
import org.tensorflow.TensorFlow;

/**
 * Tells DJL where TensorFlow's natives are: those of the CPU's jar on the class path, as JavaCPP unpacks them. DJL would
 * try to download its own otherwise, so this comes before the first touch of its engine. Those for GPUs it finds itself.
 */
final class TensorFlowNatives {
    private static final String LIBRARY_PATH = "TENSORFLOW_LIBRARY_PATH";
    private static final String LIBRARY =
            "/org/tensorflow/internal/c_api/" + Loader.getPlatform() + "/" + System.mapLibraryName("jnitensorflow");

    private TensorFlowNatives() {}

    /** Does nothing where the path is set already, as variable or as property. */
    static synchronized void locate() {
        TensorFlowLibraries.load();
        if (System.getenv(LIBRARY_PATH) != null
                || System.getProperty(LIBRARY_PATH) != null
                || TensorFlow.class.getResource(LIBRARY) == null) {
            return;
        }
        TensorFlow.version(); // makes JavaCPP unpack and load them
        try {
            File library = Loader.cacheResource(LIBRARY);
            System.setProperty(LIBRARY_PATH, library.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack TensorFlow's natives", e);
        }
    }
}
