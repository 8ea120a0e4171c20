package io.karyoflow.trainer.trial;

import io.karyoflow.common.model.ModelBundle;

/** Where finished models go. */
public interface ModelShelf {
    /** @throws OutageException if it could not be stored just now */
    void save(ModelBundle bundle);
}
