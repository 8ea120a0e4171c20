package io.karyoflow.trainer.messaging;

import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.TrialEvent.Failed;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.message.UnreadableMessageException;
import java.time.Instant;
import java.util.Optional;

/** Reads a request and refuses one that no trainer could ever serve. */
final class TrialRequestReader {
    private TrialRequestReader() {}

    /** @throws UnreadableMessageException with a reason fit for a dead letter */
    static TrialRequested read(byte[] value) {
        TrialRequested request = MessageJson.read(value, TrialRequested.class);
        require(request.trialId() != null, "trialId is missing");
        require(request.studyId() != null, "studyId is missing");
        require(request.architecture() != null, "architecture is missing");
        require(request.hyperparameters() != null, "hyperparameters are missing");
        require(request.epochs() >= 1, "epochs is " + request.epochs() + ", not at least 1");
        require(request.dataset() != null, "dataset is missing");
        require(request.dataset().datasetId() != null, "dataset.datasetId is missing");
        require(request.dataset().ranges() != null, "dataset.ranges is missing");
        require(
                request.dataset().classes() != null
                        && request.dataset().classes().size() >= 2,
                "dataset.classes must name at least 2 classes");
        return request;
    }

    /** What there is to say of a request that cannot be read; empty if not even its trial can be. */
    static Optional<Failed> failure(byte[] unreadable, String reason, Instant now) {
        try {
            Named named = MessageJson.read(unreadable, Named.class);
            return named.studyId() == null || named.trialId() == null
                    ? Optional.empty()
                    : Optional.of(new Failed(
                            named.studyId(),
                            named.trialId(),
                            named.attempt(),
                            now,
                            "a trainer cannot read its request (" + reason
                                    + "); are tuner and trainers of the same version?"));
        } catch (UnreadableMessageException e) {
            return Optional.empty();
        }
    }

    /** What requests of all versions have in common. */
    record Named(String studyId, String trialId, int attempt) {}

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new UnreadableMessageException("not a TrialRequested: " + otherwise);
        }
    }
}
