package io.karyoflow.common.runtime;

import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.model.ModelBundle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model store with three models, which are opened as fakes that tell what was done to them. */
final class ThreeModels {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    static final ModelBundle A = TinyModel.bundle("a");
    static final ModelBundle B = TinyModel.bundle("b");
    static final ModelBundle C = TinyModel.bundle("c");

    /** In the order in which they were opened. */
    final List<FakeModel> opened = Collections.synchronizedList(new ArrayList<>());

    private final Map<String, ModelBundle> bundles = new HashMap<>(Map.of(A.id(), A, B.id(), B, C.id(), C));

    Optional<ModelBundle> find(String id) {
        return Optional.ofNullable(bundles.get(id));
    }

    FakeModel open(ModelBundle bundle) {
        FakeModel model = new FakeModel(bundle);
        opened.add(model);
        return model;
    }

    void remove(String id) {
        bundles.remove(id);
    }

    static ModelPromoted promotion(ModelBundle bundle, Instant at) {
        return new ModelPromoted("default", bundle.id(), bundle.sha256(), "study", "trial", at);
    }
}
