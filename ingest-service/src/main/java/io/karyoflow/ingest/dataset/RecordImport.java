package io.karyoflow.ingest.dataset;

import io.karyoflow.common.database.StoreUnavailableException;
import io.karyoflow.common.message.DatasetRegistered;

/** Writes down how an import goes. Every call may throw {@link StoreUnavailableException}. */
public interface RecordImport {
    /** Begins the import, again if it was begun before: VALIDATING, with nothing checked or published, one attempt more. */
    void validating(String id);

    void progress(String id, int checked, int published, Integer total);

    void publishing(String id, ImportReport report);

    /** All in one transaction: REGISTERED, with what to announce. */
    void registered(String id, DatasetRegistered registration);

    void rejected(String id, ImportReport report, String error);
}
