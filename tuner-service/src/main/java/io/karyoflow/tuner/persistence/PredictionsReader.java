package io.karyoflow.tuner.persistence;

import io.karyoflow.tuner.overview.KeptPredictions;
import io.karyoflow.tuner.overview.TrialPredictions;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Reads the tables of predictions that trainers keep with the final reports. */
@Singleton
public class PredictionsReader implements KeptPredictions {
    private final Database database;

    PredictionsReader(Database database) {
        this.database = database;
    }

    @Override
    public Optional<TrialPredictions> of(String trialId) {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT csv_gzip FROM validation_predictions WHERE trial_id = :trial")
                        .bind("trial", trialId)
                        .mapTo(byte[].class)
                        .findOne()
                        .map(TrialPredictions::new));
    }
}
