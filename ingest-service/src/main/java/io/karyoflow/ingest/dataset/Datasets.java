package io.karyoflow.ingest.dataset;

import io.karyoflow.common.database.StoreUnavailableException;
import io.karyoflow.common.message.DatasetRegistered;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The data sets that are known, and how far their imports are. Every call, and closing a claim, may throw {@link
 * StoreUnavailableException}.
 */
public interface Datasets extends RecordImport {
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

    /** How often the import was begun and neither ended nor was {@link #survived}: its process died, or is at it. */
    int attempts(String id);

    /** The latest attempt was interrupted by what is not the import's fault, and does not count. */
    void survived(String id);

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
