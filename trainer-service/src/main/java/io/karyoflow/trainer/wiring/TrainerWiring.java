package io.karyoflow.trainer.wiring;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.trainer.data.DatasetCache;
import io.karyoflow.trainer.data.FeatureCache;
import io.karyoflow.trainer.data.ImageSource;
import io.karyoflow.trainer.persistence.CheckpointConfig;
import io.karyoflow.trainer.pretrained.WeightsConfig;
import io.karyoflow.trainer.pretrained.WeightsFolder;
import io.karyoflow.trainer.training.Compute;
import io.karyoflow.trainer.trial.Checkpoints;
import io.karyoflow.trainer.trial.ModelShelf;
import io.karyoflow.trainer.trial.RunningTrials;
import io.karyoflow.trainer.trial.TrainerConfig;
import io.karyoflow.trainer.trial.TrialEvents;
import io.karyoflow.trainer.trial.TrialMeter;
import io.karyoflow.trainer.trial.TrialRecorder;
import io.karyoflow.trainer.trial.TrialSettings;
import io.karyoflow.trainer.trial.TrialTools;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the plain domain classes together with what the outer packages implement. */
@Singleton
public class TrainerWiring {

    @Produces
    @Singleton
    DatasetCache cache(
            CacheConfig config,
            ImageSource source,
            @ConfigProperty(name = "karyoflow.image.max-pixels", defaultValue = "" + ImageDecoder.DEFAULT_MAX_PIXELS)
                    long maxPixels) {
        return new DatasetCache(
                config.folder(),
                source,
                new ImageDecoder(maxPixels),
                config.maxSize().asLongValue());
    }

    @Produces
    @Singleton
    FeatureCache features() {
        return new FeatureCache();
    }

    @Produces
    @Singleton
    RunningTrials runningTrials() {
        return new RunningTrials();
    }

    @Produces
    @Singleton
    TrialTools tools(
            DatasetCache cache,
            FeatureCache features,
            WeightsConfig weights,
            TrialRecorder recorder,
            Checkpoints checkpoints,
            TrialEvents events,
            ModelShelf models,
            TrialMeter meter,
            TrainerConfig config,
            CheckpointConfig checkpointing,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        TrialSettings settings = new TrialSettings(
                new Compute(config.threads()),
                config.heartbeat(),
                checkpointing.interval(),
                config.retryPause(),
                version);
        return new TrialTools(
                cache,
                features,
                new WeightsFolder(weights.folder()),
                recorder,
                checkpoints,
                events,
                models,
                meter,
                settings,
                Clock.systemUTC());
    }
}
