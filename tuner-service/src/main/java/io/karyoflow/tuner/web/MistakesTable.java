package io.karyoflow.tuner.web;

import io.karyoflow.common.validation.PredictionsTable;
import io.karyoflow.tuner.overview.KeptPredictions;
import io.karyoflow.tuner.overview.Mistake;
import io.karyoflow.tuner.overview.TrialPredictions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a trial's page shows of the images that its network got wrong.
 *
 * @param kept whether it is known what the network said of each image
 * @param pictured whether there are pictures of them, which trials of earlier versions lack
 * @param rows the most confident mistakes, as many as one looks at
 */
record MistakesTable(boolean kept, boolean pictured, List<Row> rows) {
    /**
     * @param number from 1
     * @param pictured whether there is a picture of this one
     */
    record Row(int number, boolean pictured, Mistake mistake) {}

    static MistakesTable of(String trialId, KeptPredictions predictions) {
        Optional<TrialPredictions> table = predictions.of(trialId);
        List<Mistake> mistakes = table.map(kept -> kept.mistakes(PredictionsTable.SHOWN_MISTAKES))
                .orElse(List.of());
        int pictures = predictions.pictures(trialId);
        List<Row> rows = new ArrayList<>();
        for (Mistake mistake : mistakes) {
            int number = rows.size() + 1;
            rows.add(new Row(number, number <= pictures, mistake));
        }
        return new MistakesTable(table.isPresent(), pictures > 0, rows);
    }
}
