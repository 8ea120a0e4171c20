package io.karyoflow.ingest.dataset;

import io.karyoflow.common.message.DatasetRegistered;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The data sets that are known, and how far their imports are. */
public interface Datasets {
    /** A new one, VALIDATING. */
    void add(String id, ImportRequest request);

    Optional<Dataset> find(String id);

    /** Newest first. */
    List<Dataset> list();

    int count(ImportState state);

    /** Those VALIDATING or PUBLISHING, oldest first. */
    List<Dataset> running();

    /** The requests of those VALIDATING or PUBLISHING, oldest first, by id. */
    Map<String, ImportRequest> unfinished();

    /** Begins the import, again if it was begun before: VALIDATING, with nothing checked or published. */
    void validating(String id);

    void progress(String id, int checked, int published, Integer total);

    void publishing(String id, ImportReport report);

    /** All in one transaction: REGISTERED, with what to announce. */
    void registered(String id, DatasetRegistered registration);

    void rejected(String id, ImportReport report, String error);

    void failed(String id, String error);

    /** Registered, but not known to be announced. */
    List<DatasetRegistered> unannounced();

    void announced(String id);

    /** Nobody else imports {@code id} until the claim is closed, or its holder dies. Empty if somebody does. */
    Optional<Claim> claim(String id);

    interface Claim extends AutoCloseable {
        @Override
        void close();
    }
}
