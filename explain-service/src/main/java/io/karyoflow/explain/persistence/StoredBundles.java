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
        return store.find(modelId);
    }
}
