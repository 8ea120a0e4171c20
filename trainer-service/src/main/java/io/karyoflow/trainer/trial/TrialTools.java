package io.karyoflow.trainer.trial;

import io.karyoflow.trainer.data.DatasetCache;
import java.time.Clock;

/** What every trial of a trainer works with. */
public record TrialTools(
        DatasetCache cache,
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
