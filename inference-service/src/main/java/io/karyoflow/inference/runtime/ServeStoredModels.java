package io.karyoflow.inference.runtime;

import io.karyoflow.common.runtime.DjlModel;
import io.karyoflow.common.runtime.OpenClassifier;
import io.karyoflow.common.runtime.ServedModels;
import java.nio.file.Path;

/** Models that are found by a port and computed by DJL. */
public final class ServeStoredModels {
    private ServeStoredModels() {}

    /**
     * @param workFolder where models lie unpacked while they are loaded
     * @param threads that compute one operation together, 0 for all cores
     * @param averageOrientations whether labels are made of the mean over flips and turns of an image
     */
    public static ServedModels<OpenClassifier> from(
            FindBundle bundles, Path workFolder, int threads, boolean averageOrientations) {
        return new ServedModels<>(
                bundles::find, bundle -> DjlModel.open(bundle, workFolder, threads, averageOrientations));
    }
}
