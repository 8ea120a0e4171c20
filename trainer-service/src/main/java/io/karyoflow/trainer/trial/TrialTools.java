package io.karyoflow.trainer.trial;

import io.karyoflow.trainer.data.DatasetCache;
import io.karyoflow.trainer.data.FeatureCache;
import io.karyoflow.trainer.pretrained.WeightsFolder;
import java.time.Clock;

/** What every trial of a trainer works with. */
public record TrialTools(
        DatasetCache cache,
        FeatureCache features,
        WeightsFolder weights,
        TrialRecorder recorder,
        Checkpoints checkpoints,
        TrialEvents events,
        ModelShelf models,
        TrialMeter meter,
        TrialSettings settings,
        Clock clock) {

    Patience patience() {
        return new Patience(settings.retryPause(), clock);
    }
}
