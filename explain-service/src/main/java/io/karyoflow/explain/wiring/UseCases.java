package io.karyoflow.explain.wiring;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.runtime.DjlModel;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.explain.explanation.ExplainImages;
import io.karyoflow.explain.explanation.ExplanationConfiguration;
import io.karyoflow.explain.persistence.StoredBundles;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes beans of the plain Java use cases. */
@Singleton
class UseCases {

    @Produces
    @Singleton
    ExplainImages explainImages(ImageConfiguration images, ExplanationConfiguration configuration) {
        return new ExplainImages(new ImageDecoder(images.maxPixels()), configuration, Clock.systemUTC());
    }

    @Produces
    @Singleton
    ServedModels servedModels(StoredBundles bundles, RuntimeConfiguration configuration) {
        return new ServedModels(
                bundles::find, bundle -> DjlModel.open(bundle, configuration.workFolder(), configuration.threads()));
    }

    void close(@Disposes ServedModels models) {
        models.close();
    }
}
