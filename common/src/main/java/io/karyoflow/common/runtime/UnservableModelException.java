package io.karyoflow.common.runtime;

import io.karyoflow.common.message.ModelPromoted;
import java.util.Optional;

/** A promoted model cannot be served; the message says why and what serves instead, fit for a dead letter. */
public class UnservableModelException extends RuntimeException {
    UnservableModelException(ModelPromoted promotion, Optional<String> serving, Throwable cause) {
        super(
                "model " + promotion.modelId() + " of trial " + promotion.trialId() + " cannot be served: "
                        + cause.getMessage() + "; "
                        + serving.map(id -> "model " + id + " goes on serving").orElse("no model serves yet")
                        + ". Promote another model",
                cause);
    }
}
