package io.karyoflow.common.runtime;

import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.model.ModelBundle;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which model answers now. A promotion loads and warms the new model beside the old one and then switches; whoever is in
 * the middle of an answer keeps the model he began with, and the last to finish closes it. Safe for several threads.
 */
public final class ServedModels implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServedModels.class);

    private final Function<String, Optional<ModelBundle>> findBundle;
    private final Function<ModelBundle, ServedModel> open;
    private final AtomicReference<LeasedModel> current = new AtomicReference<>();
    private final CompletableFuture<String> first = new CompletableFuture<>();

    /**
     * @param findBundle the stored bundle of a model id, for example {@code modelStore::find}
     * @param open makes it answer, for example {@code bundle -> DjlModel.open(bundle, workFolder)}; throws an
     *     IllegalArgumentException if the bundle is at fault
     */
    public ServedModels(Function<String, Optional<ModelBundle>> findBundle, Function<ModelBundle, ServedModel> open) {
        this.findBundle = findBundle;
        this.open = open;
    }

    /**
     * Serves the promoted model from now on; returns when it does. Promotions of other roles, of the model that serves
     * already, and those not newer than the one that serves change nothing.
     *
     * @throws UnservableModelException if there is no such model or it cannot be loaded; the model that served before
     *     goes on. What {@code findBundle} throws because the store cannot be reached comes through as it is: trying
     *     again may help
     */
    public synchronized void promote(ModelPromoted promotion) {
        if (!ModelPromoted.DEFAULT_ROLE.equals(promotion.role()) || isOvertaken(promotion)) {
            LOG.debug("nothing to do for {}", promotion);
            return;
        }
        LeasedModel next = new LeasedModel(load(promotion), promotion.promotedAt());
        LeasedModel previous = current.getAndSet(next);
        LOG.info(
                "model {} of trial {} serves now, after {}",
                promotion.modelId(),
                promotion.trialId(),
                previous == null ? "none" : previous.model().id());
        if (previous != null) {
            previous.release();
        }
        first.complete(promotion.modelId());
    }

    /** The id of the model that answers now; empty before the first promotion. */
    public Optional<String> currentId() {
        return Optional.ofNullable(current.get()).map(leased -> leased.model().id());
    }

    /** Completes with the first model's id when it answers. */
    public CompletionStage<String> first() {
        return first.minimalCompletionStage();
    }

    /**
     * Calls {@code use} with the model that answers now, which stays open until it returns, whatever is promoted
     * meanwhile. The model must not be kept.
     *
     * @throws IllegalStateException before the first promotion and after {@link #close}
     */
    public <T> T withModel(Function<ServedModel, T> use) {
        LeasedModel leased = lease();
        try {
            return use.apply(leased.model());
        } finally {
            leased.release();
        }
    }

    /** Answers no more; the model is closed when the last lease ends. */
    @Override
    public synchronized void close() {
        LeasedModel last = current.getAndSet(null);
        if (last != null) {
            last.release();
        }
    }

    private LeasedModel lease() {
        for (LeasedModel leased = current.get(); leased != null; leased = current.get()) {
            if (leased.acquire()) {
                return leased;
            }
            // switched and closed between the two steps: the next one is there already
        }
        throw new IllegalStateException("no model serves: none is promoted yet, or this process is stopping");
    }

    private boolean isOvertaken(ModelPromoted promotion) {
        LeasedModel serving = current.get();
        return serving != null
                && (serving.model().id().equals(promotion.modelId())
                        || !promotion.promotedAt().isAfter(serving.promotedAt()));
    }

    private ServedModel load(ModelPromoted promotion) {
        try {
            return open(bundle(promotion));
        } catch (IllegalArgumentException e) {
            throw new UnservableModelException(promotion, currentId(), e);
        }
    }

    private ModelBundle bundle(ModelPromoted promotion) {
        ModelBundle bundle = findBundle
                .apply(promotion.modelId())
                .orElseThrow(() -> new IllegalArgumentException("the model store does not have it"));
        if (!bundle.sha256().equals(promotion.sha256())) {
            throw new IllegalArgumentException("the stored bundle's SHA-256 is " + bundle.sha256()
                    + ", the promotion names " + promotion.sha256());
        }
        return bundle;
    }

    private ServedModel open(ModelBundle bundle) {
        ServedModel model = open.apply(bundle);
        try {
            WarmUp.run(model);
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw new IllegalArgumentException("it does not answer: " + e.getMessage(), e);
        }
    }
}
