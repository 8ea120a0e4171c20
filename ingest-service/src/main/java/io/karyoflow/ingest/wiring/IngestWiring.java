package io.karyoflow.ingest.wiring;

import io.karyoflow.ingest.dataset.AnnounceDataset;
import io.karyoflow.ingest.dataset.AnnounceRegistered;
import io.karyoflow.ingest.dataset.Datasets;
import io.karyoflow.ingest.dataset.ImportConfig;
import io.karyoflow.ingest.dataset.ImportDataset;
import io.karyoflow.ingest.dataset.LocateSource;
import io.karyoflow.ingest.dataset.PublishImages;
import io.karyoflow.ingest.dataset.RunImports;
import io.karyoflow.ingest.image.CheckImage;
import io.karyoflow.ingest.image.ImageConfig;
import io.karyoflow.ingest.sample.GenerateSample;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Puts the plain classes of the domain together. */
@ApplicationScoped
class IngestWiring {
    @Produces
    @Singleton
    CheckImage checkImage(ImageConfig config) {
        return new CheckImage(config);
    }

    @Produces
    @Singleton
    LocateSource locateSource(ImportConfig config) {
        return new LocateSource(config.root(), config.followLinks());
    }

    @Produces
    @Singleton
    GenerateSample generateSample(ImportConfig config) {
        return new GenerateSample(config.root());
    }

    @Produces
    @Singleton
    AnnounceRegistered announceRegistered(Datasets datasets, AnnounceDataset announceDataset) {
        return new AnnounceRegistered(datasets, announceDataset);
    }

    @Produces
    @Singleton
    RunImports runImports(
            Datasets datasets,
            PublishImages publishImages,
            AnnounceRegistered announceRegistered,
            CheckImage checkImage,
            ImportConfig config) {
        ImportDataset importDataset =
                new ImportDataset(datasets, publishImages, announceRegistered, checkImage, config, Clock.systemUTC());
        return new RunImports(importDataset, datasets, config.concurrency(), config.retryInterval());
    }
}
