package io.karyoflow.trainer.trial;

import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.trainer.network.Network;
import io.karyoflow.trainer.pretrained.PretrainedWeights;
import io.karyoflow.trainer.pretrained.SafeTensors;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which weights a trial starts from: those of the file that its hyperparameters name, or none. */
final class ChooseStart {
    private static final Logger LOG = LoggerFactory.getLogger(ChooseStart.class);

    /** Weights come from servers that are not ours, and that may be gone for good. */
    private static final Duration PATIENCE_WITH_DOWNLOADS = Duration.ofMinutes(10);

    private final TrialRequested request;
    private final TrialTools tools;
    private final Interruption interruption;

    ChooseStart(TrialRequested request, TrialTools tools, Interruption interruption) {
        this.request = request;
        this.tools = tools;
        this.interruption = interruption;
    }

    PretrainedWeights of(Network network) {
        Hyperparameters hyperparameters = request.hyperparameters();
        if (hyperparameters.weights().isEmpty()) {
            return PretrainedWeights.NONE;
        }
        SafeTensors file = tools.patience().atMost(PATIENCE_WITH_DOWNLOADS).untilDone(this::openWeights, interruption);
        PretrainedWeights start = PretrainedWeights.of(network, file, hyperparameters.allowMissingWeights());
        LOG.info(
                "trial {} starts from {} of {}; at random start {}",
                request.trialId(),
                start.values().size() + " weights",
                hyperparameters.weights(),
                start.missing().isEmpty() ? "none but the head's" : start.missing());
        return start;
    }

    private SafeTensors openWeights() {
        interruption.check();
        return tools.weights().open(request.hyperparameters().weights(), interruption::check);
    }
}
