package io.karyoflow.tuner.web;

import io.karyoflow.tuner.overview.Mistake;
import io.karyoflow.tuner.overview.TrialPredictions;
import java.util.List;
import java.util.Optional;

/**
 * What a trial's page shows of the images that its network got wrong.
 *
 * @param kept whether it is known what the network said of each image
 * @param rows the most confident mistakes, as many as one reads
 */
record MistakesTable(boolean kept, List<Mistake> rows) {
    private static final int MOST = 20;

    static MistakesTable of(Optional<TrialPredictions> predictions) {
        List<Mistake> rows = predictions.map(table -> table.mistakes(MOST)).orElse(List.of());
        return new MistakesTable(predictions.isPresent(), rows);
    }
}
