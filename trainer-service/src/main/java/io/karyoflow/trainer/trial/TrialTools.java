package io.karyoflow.trainer.trial;

import io.karyoflow.trainer.data.DatasetCache;
import io.karyoflow.trainer.pretrained.WeightsFolder;
import java.time.Clock;

/** What every trial of a trainer works with. */
public record TrialTools(
        DatasetCache cache,
        WeightsFolder weights,
        TrialRecorder recorder,
        TrialEvents events,
        ModelShelf models,
        TrialMeter meter,
        TrialSettings settings,
        Clock clock) {

    Patience patience() {
        return new Patience(settings.retryPause());
    }
}
