package io.karyoflow.common.database;

import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.model.ModelBundle;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Model bundles in PostgreSQL, the table {@code model}. */
public final class ModelStore {
    private final Jdbi jdbi;

    public ModelStore(DataSource dataSource) {
        this.jdbi = Jdbi.create(dataSource);
    }

    /** Stores the bundle; one that is there already, or was deleted, stays as it is (the id is made of the content). */
    public void save(ModelBundle bundle) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        """
                        INSERT INTO model (id, study_id, trial_id, architecture, sha256, size_bytes, description, bundle)
                        VALUES (:id, :study, :trial, :architecture, :sha256, :size, CAST(:description AS jsonb), :bundle)
                        ON CONFLICT (id) DO NOTHING""")
                .bind("id", bundle.id())
                .bind("study", bundle.description().studyId())
                .bind("trial", bundle.description().trialId())
                .bind("architecture", bundle.description().architecture().name().toLowerCase(java.util.Locale.ROOT))
                .bind("sha256", bundle.sha256())
                .bind("size", bundle.bytes().length)
                .bind("description", MessageJson.writeText(bundle.description()))
                .bind("bundle", bundle.bytes())
                .execute());
    }

    /**
     * All of it, in memory. Empty also if it was deleted.
     *
     * @throws IllegalArgumentException if what is stored is not the bundle that the row's hash names
     */
    public Optional<ModelBundle> find(String id) {
        if (id.indexOf('\0') >= 0) {
            return Optional.empty(); // PostgreSQL has no text with NUL, and does not even look for it
        }
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT sha256, bundle FROM model WHERE id = :id AND deleted_at IS NULL")
                        .bind("id", id)
                        .map((row, context) -> checked(id, row.getString("sha256"), row.getBytes("bundle")))
                        .findOne());
    }

    private static ModelBundle checked(String id, String sha256, byte[] bytes) {
        ModelBundle bundle = ModelBundle.read(bytes);
        if (!bundle.sha256().equals(sha256)) {
            throw new IllegalArgumentException("the stored bundle of model " + id + " does not match its SHA-256");
        }
        return bundle;
    }
}
