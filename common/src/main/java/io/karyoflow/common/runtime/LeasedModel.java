package io.karyoflow.common.runtime;

/** A model that is closed when it no longer serves and nobody uses it: one lease for serving, one for each use. */
final class LeasedModel<M extends OpenClassifier> {
    private final M model;
    private int leases = 1;

    LeasedModel(M model) {
        this.model = model;
    }

    M model() {
        return model;
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
