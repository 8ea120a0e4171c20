package io.karyoflow.tuner.persistence;

import io.karyoflow.tuner.overview.KeptPredictions;
import io.karyoflow.tuner.overview.TrialPredictions;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Reads the tables of predictions that trainers keep with the final reports, and the pictures with them. A trainer does so
 * before it packs the model, so there may be some of a trial that is not completed yet, or never was.
 */
@Singleton
public class PredictionsReader implements KeptPredictions {
    private final Database database;

    PredictionsReader(Database database) {
        this.database = database;
    }

    @Override
    public Optional<TrialPredictions> of(String trialId) {
        return database.inTransaction(handle -> handle.createQuery(
                        """
                        SELECT octet_length(p.csv_gzip) FROM validation_predictions p JOIN trial t ON t.id = p.trial_id
                        WHERE t.id = :trial AND t.state = 'COMPLETED'""")
                .bind("trial", trialId)
                .mapTo(Integer.class)
                .findOne()
                .map(bytes -> new TrialPredictions(
                        () -> new SlicedBytes(bytes, (from, count) -> slice(trialId, from, count)))));
    }

    @Override
    public int pictures(String trialId) {
        return database.inTransaction(handle -> handle.createQuery(
                        """
                        SELECT count(*) FROM mistake_picture p JOIN trial t ON t.id = p.trial_id
                        WHERE t.id = :trial AND t.state = 'COMPLETED'""")
                .bind("trial", trialId)
                .mapTo(Integer.class)
                .one());
    }

    @Override
    public Optional<byte[]> picture(String trialId, int number) {
        return database.inTransaction(handle -> handle.createQuery(
                        """
                        SELECT p.png FROM mistake_picture p JOIN trial t ON t.id = p.trial_id
                        WHERE t.id = :trial AND t.state = 'COMPLETED' AND p.number = :number""")
                .bind("trial", trialId)
                .bind("number", number)
                .mapTo(byte[].class)
                .findOne());
    }

    /** Of a trial that is completed, the table stays as it is. */
    private byte[] slice(String trialId, int from, int count) {
        return database.inTransaction(handle -> handle.createQuery(
                        """
                        SELECT substring(csv_gzip FROM :first FOR :count) FROM validation_predictions
                        WHERE trial_id = :trial""")
                .bind("first", from + 1)
                .bind("count", count)
                .bind("trial", trialId)
                .mapTo(byte[].class)
                .one());
    }
}
