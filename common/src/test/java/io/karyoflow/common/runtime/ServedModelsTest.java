package io.karyoflow.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.model.ModelBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedModelsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final ModelBundle A = TinyModel.bundle("a");
    private static final ModelBundle B = TinyModel.bundle("b");
    private static final ModelBundle C = TinyModel.bundle("c");

    @TempDir
    private Path workFolder;

    private final Map<String, ModelBundle> stored = new HashMap<>(Map.of(A.id(), A, B.id(), B, C.id(), C));
    private final List<FakeModel> opened = Collections.synchronizedList(new ArrayList<>());
    private final ServedModels<FakeModel> models =
            new ServedModels<>(id -> Optional.ofNullable(stored.get(id)), this::open);

    private FakeModel open(ModelBundle bundle) {
        FakeModel model = new FakeModel(bundle);
        opened.add(model);
        return model;
    }

    @Test
    void thereIsNoModelBeforeTheFirstPromotion() {
        assertThat(models.currentId()).isEmpty();
        assertThat(models.first().toCompletableFuture()).isNotDone();
        assertThatThrownBy(() -> models.withModel(FakeModel::id))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("none is promoted yet");
    }

    @Test
    void thePromotedModelIsWarmedAndAnswers() {
        models.promote(promotion(A, NOON));

        assertThat(models.currentId()).contains(A.id());
        assertThat(models.first().toCompletableFuture()).isCompletedWithValue(A.id());
        assertThat(opened.get(0).calls).isPositive();
        assertThat(models.<String>withModel(FakeModel::id)).isEqualTo(A.id());
    }

    @Test
    void theOldModelIsClosedAfterItsLastUse() {
        models.promote(promotion(A, NOON));

        String used = models.withModel(model -> {
            models.promote(promotion(B, NOON.plusSeconds(1)));
            assertThat(models.currentId()).contains(B.id());
            assertThat(opened.get(0).closed).as("closed while in use").isFalse();
            return model.id();
        });

        assertThat(used).isEqualTo(A.id());
        assertThat(opened.get(0).closed).isTrue();
        assertThat(opened.get(1).closed).isFalse();
    }

    @Test
    void repeatedOvertakenAndForeignPromotionsChangeNothing() {
        models.promote(promotion(A, NOON));

        models.promote(promotion(A, NOON.plusSeconds(5)));
        models.promote(promotion(B, NOON.minusSeconds(5)));
        models.promote(new ModelPromoted("canary", B.id(), B.sha256(), "study", "trial", NOON.plusSeconds(9)));

        assertThat(models.currentId()).contains(A.id());
        assertThat(opened).hasSize(1);
    }

    @Test
    void aModelThatIsNotStoredLeavesTheOldOneServing() {
        models.promote(promotion(A, NOON));
        stored.remove(B.id());

        assertThatThrownBy(() -> models.promote(promotion(B, NOON.plusSeconds(1))))
                .isInstanceOf(UnservableModelException.class)
                .hasMessageContaining(B.id())
                .hasMessageContaining("the model store does not have it")
                .hasMessageContaining("model " + A.id() + " goes on serving");
        assertThat(models.<String>withModel(FakeModel::id)).isEqualTo(A.id());
    }

    @Test
    void anotherBundleThanThePromotedOneIsRefused() {
        assertThatThrownBy(
                        () -> models.promote(new ModelPromoted("default", A.id(), B.sha256(), "study", "trial", NOON)))
                .isInstanceOf(UnservableModelException.class)
                .hasMessageContaining("SHA-256")
                .hasMessageContaining("no model serves yet");
        assertThat(opened).isEmpty();
    }

    @Test
    void aModelThatAnswersNonsenseIsClosedAgain() {
        ServedModels<FakeModel> broken = new ServedModels<>(id -> Optional.of(A), bundle -> {
            FakeModel model = new FakeModel(bundle);
            model.sum = 2;
            opened.add(model);
            return model;
        });

        assertThatThrownBy(() -> broken.promote(promotion(A, NOON)))
                .isInstanceOf(UnservableModelException.class)
                .hasMessageContaining("sum to 2.0");
        assertThat(opened.get(0).closed).isTrue();
        assertThat(broken.currentId()).isEmpty();
    }

    @Test
    void anUnreachableStoreIsNotTheModelsFault() {
        ServedModels<FakeModel> unreachable = new ServedModels<>(
                id -> {
                    throw new IllegalStateException("connection refused");
                },
                FakeModel::new);

        assertThatThrownBy(() -> unreachable.promote(promotion(A, NOON)))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("connection refused");
    }

    @Test
    void aDiskThatIsFullIsNotTheModelsFault() {
        ServedModels<FakeModel> unreadable = new ServedModels<>(id -> Optional.of(A), bundle -> {
            throw new UncheckedIOException(new IOException("no space left on device"));
        });

        assertThatThrownBy(() -> unreadable.promote(promotion(A, NOON)))
                .isExactlyInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> unreadable.withModel(A.id(), FakeModel::id))
                .isExactlyInstanceOf(UncheckedIOException.class);
    }

    @Test
    void anEarlierModelAnswersWhenItIsAskedForByItsId() {
        try (ServedModels<FakeModel> two =
                new ServedModels<>(id -> Optional.ofNullable(stored.get(id)), this::open, 1)) {
            two.promote(promotion(A, NOON));
            two.promote(promotion(B, NOON.plusSeconds(1)));

            assertThat(two.<String>withModel(A.id(), FakeModel::id)).isEqualTo(A.id());
            assertThat(two.<String>withModel(B.id(), FakeModel::id)).isEqualTo(B.id());
            assertThat(opened).as("kept open, not loaded again").hasSize(2);

            two.promote(promotion(A, NOON.plusSeconds(2)));
            assertThat(two.<String>withModel(B.id(), FakeModel::id)).isEqualTo(B.id());
            assertThat(opened).hasSize(3);
            assertThat(opened.get(0).closed).as("the first A made way for B").isTrue();
        }
        assertThat(opened).allMatch(model -> model.closed);
    }

    @Test
    void aModelThatWasNeverPromotedIsLoadedForWhoAsksForIt() {
        assertThat(models.<String>withModel(B.id(), FakeModel::id)).isEqualTo(B.id());
        assertThat(opened).hasSize(1);
        assertThat(opened.get(0).closed).as("none is kept").isTrue();
        assertThatThrownBy(() -> models.withModel("unheard-of", FakeModel::id))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the model store does not have it");
    }

    @Test
    void modelsThatAnybodyNamesTakeNoPlaceOfThoseThatAreKept() {
        try (ServedModels<FakeModel> two =
                new ServedModels<>(id -> Optional.ofNullable(stored.get(id)), this::open, 1)) {
            two.promote(promotion(A, NOON));
            two.promote(promotion(B, NOON.plusSeconds(1)));
            stored.remove(A.id());

            assertThat(two.<String>withModelApart(C.id(), FakeModel::id)).isEqualTo(C.id());
            assertThat(two.<String>withModelApart(C.id(), FakeModel::id)).isEqualTo(C.id());
            assertThat(two.<String>withModel(A.id(), FakeModel::id)).isEqualTo(A.id());
            assertThat(two.<String>withModelApart(A.id(), FakeModel::id)).isEqualTo(A.id());
            assertThat(opened).as("all three stay open").hasSize(3).noneMatch(model -> model.closed);

            assertThat(two.<String>withModel(C.id(), FakeModel::id)).isEqualTo(C.id());
            assertThat(opened).as("it is not loaded again").hasSize(3);
            assertThat(opened.get(0).closed).as("now A made way for C").isTrue();
        }
        assertThat(opened).allMatch(model -> model.closed);
    }

    @Test
    void nobodyWaitsForTheLoadOfAnotherModelThanHisOwn() throws Exception {
        SlowLoad load = new SlowLoad(C);
        try (ServedModels<FakeModel> two =
                new ServedModels<>(id -> Optional.ofNullable(stored.get(id)), load::open, 1)) {
            two.promote(promotion(A, NOON));
            two.promote(promotion(B, NOON.plusSeconds(1)));
            FutureTask<String> ofC = new FutureTask<>(() -> two.withModelApart(C.id(), FakeModel::id));
            FutureTask<String> ofA = new FutureTask<>(() -> two.withModel(A.id(), FakeModel::id));
            try {
                new Thread(ofC).start();
                load.begun.await();
                new Thread(ofA).start();

                assertThat(ofA.get(1, TimeUnit.MINUTES)).isEqualTo(A.id());
                assertThat(ofC).isNotDone();
            } finally {
                load.mayEnd.countDown();
            }
            assertThat(ofC.get()).isEqualTo(C.id());
        }
    }

    @Test
    void whoWantTheSameModelAtOnceLoadItOnce() throws Exception {
        SlowLoad load = new SlowLoad(A);
        ServedModels<FakeModel> none = new ServedModels<>(id -> Optional.ofNullable(stored.get(id)), load::open);

        List<Future<Boolean>> wereOpen = load.bothWait(
                () -> none.withModelApart(A.id(), model -> !model.closed),
                () -> none.withModel(A.id(), model -> !model.closed));

        for (Future<Boolean> wasOpen : wereOpen) {
            assertThat(wasOpen.get()).isTrue();
        }
        assertThat(opened).singleElement().matches(model -> model.closed, "closed after the last use");
    }

    @Test
    void aLoadThatFailsFailsForAllWhoWaitForItAndForNobodyLater() throws Exception {
        SlowLoad load = new SlowLoad(A);
        AtomicBoolean isFull = new AtomicBoolean(true);
        ServedModels<FakeModel> none = new ServedModels<>(id -> Optional.ofNullable(stored.get(id)), bundle -> {
            FakeModel model = load.open(bundle);
            if (isFull.get()) {
                throw new UncheckedIOException(new IOException("no space left on device"));
            }
            return model;
        });

        List<Future<String>> failed = load.bothWait(
                () -> none.withModelApart(A.id(), FakeModel::id), () -> none.withModel(A.id(), FakeModel::id));

        for (Future<String> one : failed) {
            assertThatThrownBy(one::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseExactlyInstanceOf(UncheckedIOException.class);
        }
        assertThat(opened).hasSize(1);
        isFull.set(false);
        assertThat(none.<String>withModel(A.id(), FakeModel::id)).isEqualTo(A.id());
    }

    @Test
    void closingClosesTheModel() {
        models.promote(promotion(A, NOON));

        models.close();

        assertThat(opened.get(0).closed).isTrue();
        assertThatThrownBy(() -> models.withModel(FakeModel::id)).isInstanceOf(IllegalStateException.class);
    }

    /** With real models: a call on one that is closed already would crash or throw. */
    @Test
    void noCallFailsWhileModelsAreSwitchedUnderLoad() throws Exception {
        try (ServedModels<DjlModel> real = new ServedModels<>(
                id -> Optional.ofNullable(stored.get(id)), bundle -> DjlModel.open(bundle, workFolder, 1))) {
            real.promote(promotion(A, NOON));
            Map<String, Float> expected = new HashMap<>();
            for (ModelBundle bundle : List.of(A, B)) {
                try (DjlModel model = DjlModel.open(bundle, workFolder, 1)) {
                    expected.put(bundle.id(), grey(model));
                }
            }
            ExecutorService threads = Executors.newFixedThreadPool(3);
            AtomicBoolean stop = new AtomicBoolean();
            try {
                List<Future<Set<String>>> seen = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    seen.add(threads.submit(() -> {
                        Set<String> ids = new HashSet<>();
                        while (!stop.get()) {
                            ids.add(real.withModel(model -> {
                                assertThat(grey(model)).isCloseTo(expected.get(model.id()), within(1e-4f));
                                return model.id();
                            }));
                        }
                        return ids;
                    }));
                }

                for (int i = 1; i <= 12; i++) {
                    real.promote(promotion(i % 2 == 0 ? A : B, NOON.plusSeconds(i)));
                }
                stop.set(true);

                Set<String> all = new HashSet<>();
                for (Future<Set<String>> ids : seen) {
                    all.addAll(ids.get());
                }
                assertThat(all).containsExactlyInAnyOrder(A.id(), B.id());
            } finally {
                stop.set(true);
                threads.shutdownNow();
            }
        }
        assertThat(workFolder).isEmptyDirectory();
    }

    /** Opens models, one of them not before it may. */
    private final class SlowLoad {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch mayEnd = new CountDownLatch(1);
        private final ModelBundle slow;

        SlowLoad(ModelBundle slow) {
            this.slow = slow;
        }

        FakeModel open(ModelBundle bundle) {
            if (bundle == slow) {
                begun.countDown();
                try {
                    mayEnd.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            return ServedModelsTest.this.open(bundle);
        }

        /** Lets it end when the first is in the load and the second waits, for whatever it is. */
        <T> List<Future<T>> bothWait(Callable<T> first, Callable<T> second) throws InterruptedException {
            FutureTask<T> loading = new FutureTask<>(first);
            FutureTask<T> waiting = new FutureTask<>(second);
            new Thread(loading).start();
            begun.await();
            Thread thread = new Thread(waiting);
            thread.start();
            while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            mayEnd.countDown();
            return List.of(loading, waiting);
        }
    }

    private static float grey(DjlModel model) {
        float[] image = new float[10 * 10 * 3];
        java.util.Arrays.fill(image, 100f);
        float[] colours = new float[ColourStatistics.NUMBERS];
        return model.classify(new ImageBatch(1, 10, 10, image, colours)).logits()[0][2];
    }

    private static ModelPromoted promotion(ModelBundle bundle, Instant at) {
        return new ModelPromoted("default", bundle.id(), bundle.sha256(), "study", "trial", at);
    }
}
