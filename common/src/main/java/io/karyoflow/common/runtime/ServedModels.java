package io.karyoflow.common.runtime;

import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.model.ModelBundle;
import java.time.Instant;
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
 *
 * @param <M> what is asked of the models: labels, or also why
 */
public final class ServedModels<M extends OpenClassifier> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServedModels.class);

    private final Function<String, Optional<ModelBundle>> findBundle;
    private final Function<ModelBundle, M> open;
    private final EarlierModels<M> earlier;
    private final AtomicReference<LeasedModel<M>> current = new AtomicReference<>();
    private final CompletableFuture<String> first = new CompletableFuture<>();
    private Instant newestPromotion = Instant.MIN;

    /**
     * @param findBundle the stored bundle of a model id, for example {@code modelStore::find}
     * @param open makes it answer, for example {@code bundle -> DjlModel.open(bundle, workFolder, threads)}; throws an
     *     IllegalArgumentException if the bundle is at fault; anything else may pass
     */
    public ServedModels(Function<String, Optional<ModelBundle>> findBundle, Function<ModelBundle, M> open) {
        this(findBundle, open, 0);
    }

    /**
     * @param earlierModels how many models stay open for {@link #withModel(String, Function)} beside the one promoted, and
     *     how many more for {@link #withModelApart}
     */
    public ServedModels(
            Function<String, Optional<ModelBundle>> findBundle, Function<ModelBundle, M> open, int earlierModels) {
        this.findBundle = findBundle;
        this.open = open;
        this.earlier = new EarlierModels<>(id -> open(bundle(id)), earlierModels);
    }

    /**
     * Serves the promoted model from now on; returns when it does. Promotions of other roles, and those not newer than the
     * newest that was followed, change nothing; one of the model that serves already is followed by going on.
     *
     * @throws UnservableModelException if there is no such model or it cannot be loaded; the model that served before
     *     goes on. What {@code findBundle} throws because the store cannot be reached, or {@code open} because its disk
     *     cannot be, comes through as it is: trying again may help
     */
    public synchronized void promote(ModelPromoted promotion) {
        if (!ModelPromoted.DEFAULT_ROLE.equals(promotion.role())
                || !promotion.promotedAt().isAfter(newestPromotion)) {
            LOG.debug("nothing to do for {}", promotion);
            return;
        }
        if (!currentId().equals(Optional.of(promotion.modelId()))) {
            switchTo(promotion);
        }
        newestPromotion = promotion.promotedAt();
    }

    private void switchTo(ModelPromoted promotion) {
        LeasedModel<M> previous = current.getAndSet(new LeasedModel<>(load(promotion)));
        LOG.info(
                "model {} of trial {} serves now, after {}",
                promotion.modelId(),
                promotion.trialId(),
                previous == null ? "none" : previous.model().id());
        if (previous != null) {
            earlier.keep(previous);
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
    public <T> T withModel(Function<M, T> use) {
        return use(lease(), use);
    }

    /**
     * Calls {@code use} with that model, promoted or not; it is loaded if it is not open, and stays open until
     * {@code use} returns. The model must not be kept.
     *
     * @throws IllegalArgumentException if there is no such model or it cannot be loaded. What {@code findBundle} throws
     *     because the store cannot be reached, or {@code open} because its disk cannot be, comes through as it is: trying
     *     again may help
     */
    public <T> T withModel(String id, Function<M, T> use) {
        return use(leaseServing(id).orElseGet(() -> earlier.lease(id)), use);
    }

    /**
     * The same for models that anybody may name: they do not take the places of those that stay open for
     * {@link #withModel(String, Function)}, whose bundles may be deleted by now.
     */
    public <T> T withModelApart(String id, Function<M, T> use) {
        return use(leaseServing(id).orElseGet(() -> earlier.leaseApart(id)), use);
    }

    /** Answers no more; each model is closed when its last lease ends. */
    @Override
    public synchronized void close() {
        LeasedModel<M> last = current.getAndSet(null);
        if (last != null) {
            last.release();
        }
        earlier.close();
    }

    private <T> T use(LeasedModel<M> leased, Function<M, T> use) {
        try {
            return use.apply(leased.model());
        } finally {
            leased.release();
        }
    }

    private Optional<LeasedModel<M>> leaseServing(String id) {
        LeasedModel<M> serving = current.get();
        boolean isLeased = serving != null && serving.model().id().equals(id) && serving.acquire();
        return isLeased ? Optional.of(serving) : Optional.empty();
    }

    private LeasedModel<M> lease() {
        for (LeasedModel<M> leased = current.get(); leased != null; leased = current.get()) {
            if (leased.acquire()) {
                return leased;
            }
            // switched and closed between the two steps: the next one is there already
        }
        throw new IllegalStateException("no model serves: none is promoted yet, or this process is stopping");
    }

    private M load(ModelPromoted promotion) {
        try {
            return open(bundle(promotion));
        } catch (IllegalArgumentException e) {
            throw new UnservableModelException(promotion, currentId(), e);
        }
    }

    private ModelBundle bundle(String id) {
        return findBundle.apply(id).orElseThrow(() -> new IllegalArgumentException("the model store does not have it"));
    }

    private ModelBundle bundle(ModelPromoted promotion) {
        ModelBundle bundle = bundle(promotion.modelId());
        if (!bundle.sha256().equals(promotion.sha256())) {
            throw new IllegalArgumentException("the stored bundle's SHA-256 is " + bundle.sha256()
                    + ", the promotion names " + promotion.sha256());
        }
        return bundle;
    }

    private M open(ModelBundle bundle) {
        M model = open.apply(bundle);
        try {
            WarmUp.run(model);
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw new IllegalArgumentException("it does not answer: " + e.getMessage(), e);
        }
    }
}
