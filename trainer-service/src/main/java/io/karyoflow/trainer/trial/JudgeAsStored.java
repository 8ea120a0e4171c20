package io.karyoflow.trainer.trial;

import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.Precision;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.trainer.data.Batch;
import io.karyoflow.trainer.data.Split;
import io.karyoflow.trainer.evaluation.Predictions;
import io.karyoflow.trainer.export.StoredNetwork;
import io.karyoflow.trainer.network.Network;
import io.karyoflow.trainer.network.WeightValues;
import io.karyoflow.trainer.training.Compute;
import java.util.Map;

/** Measures the last epoch's network as it is stored: it may judge otherwise than in training, in fp32 and over orientations. */
final class JudgeAsStored {
    private final TrialRequested request;
    private final Compute compute;
    private final Runnable stillWanted;

    JudgeAsStored(TrialRequested request, Compute compute, Runnable stillWanted) {
        this.request = request;
        this.compute = compute;
        this.stillWanted = stillWanted;
    }

    EpochResult of(
            EpochResult trained, Network network, Map<String, WeightValues> weights, Split split, int ghostBatches) {
        Hyperparameters hyperparameters = request.hyperparameters();
        if (hyperparameters.precision() == Precision.FP32 && !hyperparameters.averageOrientations()) {
            return trained;
        }
        Predictions predictions = new Predictions(network.classes());
        try (StoredNetwork stored =
                new StoredNetwork(network, weights, hyperparameters.averageOrientations(), ghostBatches, compute)) {
            for (Batch batch : split.validationBatches()) {
                stillWanted.run();
                predictions.add(stored.logits(batch), batch.labels());
            }
        }
        return trained.judgedBy(predictions, request.dataset().classes());
    }
}
