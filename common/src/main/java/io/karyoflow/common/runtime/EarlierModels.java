package io.karyoflow.common.runtime;

import io.karyoflow.common.concurrent.WorkThreads;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Models that do not answer by themselves any more but may be asked for by id. Those who want the same one at once load it
 * once, and nobody waits for the load of another than his own. Safe for several threads.
 */
final class EarlierModels<M extends OpenClassifier> {
    private final Function<String, M> open;
    private final int places;
    /** The least recently used first. */
    private final Map<String, LeasedModel<M>> kept = new LinkedHashMap<>();
    /** Likewise; asked for only by those who must not take the others' places. */
    private final Map<String, LeasedModel<M>> keptApart = new LinkedHashMap<>();

    private final Map<String, Load<M>> loads = new HashMap<>();
    private boolean closed;

    /** @param places how many stay open, and how many more of those apart */
    EarlierModels(Function<String, M> open, int places) {
        this.open = open;
        this.places = places;
    }

    /** With a lease for the caller. What {@code open} throws comes through as it is. */
    LeasedModel<M> lease(String id) {
        return lease(id, false);
    }

    /** The same for who must not take the places of those that others keep. */
    LeasedModel<M> leaseApart(String id) {
        return lease(id, true);
    }

    /** Takes over the caller's lease. */
    synchronized void keep(LeasedModel<M> model) {
        put(model.model().id(), model, kept);
    }

    /** Keeps none from now on; each is closed when its last lease ends. */
    synchronized void close() {
        closed = true;
        for (Map<String, LeasedModel<M>> shelf : List.of(kept, keptApart)) {
            shelf.values().forEach(LeasedModel::release);
            shelf.clear();
        }
    }

    private LeasedModel<M> lease(String id, boolean apart) {
        Load<M> load;
        boolean isFirst;
        synchronized (this) {
            LeasedModel<M> model = leaseOpen(id, apart);
            if (model != null) {
                return model;
            }
            isFirst = !loads.containsKey(id);
            load = loads.computeIfAbsent(id, wanted -> new Load<>());
            load.leases++;
            load.apart &= apart;
        }
        if (isFirst) {
            run(id, load);
        }
        return WorkThreads.result(load.model);
    }

    /** @return null if it is not open */
    private LeasedModel<M> leaseOpen(String id, boolean apart) {
        boolean isKept = kept.containsKey(id);
        LeasedModel<M> model = isKept ? kept.get(id) : keptApart.get(id);
        if (model == null) {
            return null;
        }
        model.acquire();
        if (!isKept || !apart) { // else it keeps its place, as if nobody had asked for it
            (isKept ? kept : keptApart).remove(id);
            put(id, model, apart ? keptApart : kept);
        }
        return model;
    }

    /** Outside the monitor: it reads the database. */
    private void run(String id, Load<M> load) {
        LeasedModel<M> model;
        try {
            model = new LeasedModel<>(open.apply(id));
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                loads.remove(id);
            }
            load.model.completeExceptionally(e);
            throw e;
        }
        synchronized (this) {
            loads.remove(id);
            for (int i = 0; i < load.leases; i++) {
                model.acquire();
            }
            load.model.complete(model);
            put(id, model, load.apart && !kept.containsKey(id) ? keptApart : kept);
        }
    }

    /** Takes over a lease; the least recently used model beyond the places loses its own. */
    private void put(String id, LeasedModel<M> model, Map<String, LeasedModel<M>> shelf) {
        if (closed) {
            model.release();
            return;
        }
        LeasedModel<M> same = shelf.remove(id);
        if (same != null) {
            same.release();
        }
        shelf.put(id, model);
        if (shelf.size() > places) {
            Iterator<LeasedModel<M>> oldestFirst = shelf.values().iterator();
            LeasedModel<M> oldest = oldestFirst.next();
            oldestFirst.remove();
            oldest.release();
        }
    }

    /** Guarded by the monitor, except for the model itself. */
    private static final class Load<M extends OpenClassifier> {
        final CompletableFuture<LeasedModel<M>> model = new CompletableFuture<>();
        /** One for each who waits: nobody who comes late to the model finds it closed. */
        int leases;

        boolean apart = true;
    }
}
