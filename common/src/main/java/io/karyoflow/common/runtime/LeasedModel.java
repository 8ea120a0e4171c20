package io.karyoflow.common.runtime;

import java.time.Instant;

/** A model that is closed when it no longer serves and nobody uses it: one lease for serving, one for each use. */
final class LeasedModel<M extends OpenClassifier> {
    private final M model;
    private final Instant promotedAt;
    private int leases = 1;

    LeasedModel(M model, Instant promotedAt) {
        this.model = model;
        this.promotedAt = promotedAt;
    }

    M model() {
        return model;
    }

    Instant promotedAt() {
        return promotedAt;
    }

    /** @return false if the model is closed already */
    synchronized boolean acquire() {
        if (leases == 0) {
            return false;
        }
        leases++;
        return true;
    }

    synchronized void release() {
        leases--;
        if (leases == 0) {
            model.close();
        }
    }
}
