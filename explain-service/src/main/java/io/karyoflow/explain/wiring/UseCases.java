package io.karyoflow.explain.wiring;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.runtime.DjlModel;
import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.explain.attribution.MethodCatalogue;
import io.karyoflow.explain.explanation.ExplainImages;
import io.karyoflow.explain.explanation.ExplanationConfiguration;
import io.karyoflow.explain.explanation.MethodOptions;
import io.karyoflow.explain.persistence.StoredBundles;
import io.karyoflow.explain.recent.RecentRequests;
import io.karyoflow.explain.runtime.SideBySide;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes beans of the plain Java use cases. */
@Singleton
class UseCases {

    @Produces
    @Singleton
    MethodOptions methods(ExplanationConfiguration configuration) {
        return new MethodOptions(new MethodCatalogue(), configuration.byMethod());
    }

    @Produces
    @Singleton
    ExplainImages explainImages(MethodOptions methods, SideBySide sideBySide) {
        return new ExplainImages(methods, sideBySide);
    }

    @Produces
    @Singleton
    SideBySide sideBySide(RuntimeConfiguration configuration) {
        return new SideBySide(Math.max(1, Runtime.getRuntime().availableProcessors() / configuration.threads()));
    }

    @Produces
    @Singleton
    ImageDecoder imageDecoder(ImageConfiguration images) {
        return new ImageDecoder(images.maxPixels());
    }

    @Produces
    @Singleton
    RecentRequests recentRequests() {
        return new RecentRequests();
    }

    @Produces
    @Singleton
    ServedModels<ServedModel> servedModels(StoredBundles bundles, RuntimeConfiguration configuration) {
        return new ServedModels<>(
                bundles::find,
                bundle -> DjlModel.open(bundle, configuration.workFolder(), configuration.threads()),
                configuration.earlierModels());
    }

    void close(@Disposes ServedModels<ServedModel> models) {
        models.close();
    }
}
