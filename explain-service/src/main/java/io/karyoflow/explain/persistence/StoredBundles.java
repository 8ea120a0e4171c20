package io.karyoflow.explain.persistence;

import io.karyoflow.common.database.ModelStore;
import io.karyoflow.common.model.ModelBundle;
import jakarta.inject.Singleton;
import java.util.Optional;
import javax.sql.DataSource;

/** Bundles come from PostgreSQL. */
@Singleton
public class StoredBundles {
    private final ModelStore store;

    StoredBundles(DataSource dataSource) {
        this.store = new ModelStore(dataSource);
    }

    public Optional<ModelBundle> find(String modelId) {
        // PostgreSQL has no text with such a character, and refuses to look for one
        return modelId.indexOf('\0') < 0 ? store.find(modelId) : Optional.empty();
    }
}
