package io.karyoflow.trainer.persistence;

import io.karyoflow.common.database.ModelStore;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.trainer.trial.ModelShelf;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** Models in the table that all services read them from. */
@Singleton
public class PostgresModelShelf implements ModelShelf {
    private final ModelStore store;

    PostgresModelShelf(DataSource dataSource) {
        this.store = new ModelStore(dataSource);
    }

    @Override
    public void save(ModelBundle bundle) {
        Outages.reported("cannot store model " + bundle.id(), () -> {
            store.save(bundle);
            return bundle;
        });
    }
}
