package io.karyoflow.inference.wiring;

import io.karyoflow.common.concurrent.WorkThreads;
import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.runtime.DjlModel;
import io.karyoflow.common.runtime.OpenClassifier;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.inference.persistence.StoredBundles;
import io.karyoflow.inference.prediction.BatchLimits;
import io.karyoflow.inference.prediction.PredictImages;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes beans of the plain Java use cases. */
@Singleton
class UseCases {
    /** Side by side. Each takes memory for all that the network computes, so there is a limit. */
    private static final int MOST_BATCHES = 4;

    @Produces
    @Singleton
    PredictImages predictImages(
            ImageConfiguration images, PredictionConfiguration configuration, RuntimeConfiguration runtime) {
        int threads = runtime.threads() == 0 ? Runtime.getRuntime().availableProcessors() : runtime.threads();
        return new PredictImages(
                new ImageDecoder(images.maxPixels()),
                new WorkThreads("decode", Math.min(threads, ImageDecoder.MOST_THREADS)),
                new BatchLimits(
                        configuration.batchImages(), Math.min(threads, MOST_BATCHES), configuration.batchPixels()),
                configuration.forgetSlidesAfter(),
                Clock.systemUTC());
    }

    @Produces
    @Singleton
    ServedModels<OpenClassifier> servedModels(StoredBundles bundles, RuntimeConfiguration configuration) {
        return new ServedModels<>(
                bundles::find,
                bundle -> DjlModel.open(
                        bundle,
                        configuration.workFolder(),
                        configuration.threads(),
                        configuration.averageOrientations()));
    }

    void close(@Disposes ServedModels<OpenClassifier> models) {
        models.close();
    }
}
