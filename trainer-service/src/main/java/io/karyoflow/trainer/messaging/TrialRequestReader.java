package io.karyoflow.trainer.messaging;

import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.message.UnreadableMessageException;

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

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new UnreadableMessageException("not a TrialRequested: " + otherwise);
        }
    }
}
