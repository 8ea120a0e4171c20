package io.karyoflow.common.runtime;

import static io.karyoflow.common.runtime.ThreeModels.A;
import static io.karyoflow.common.runtime.ThreeModels.B;
import static io.karyoflow.common.runtime.ThreeModels.C;
import static io.karyoflow.common.runtime.ThreeModels.NOON;
import static io.karyoflow.common.runtime.ThreeModels.promotion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.model.ModelBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Models asked for by their ids, beside the one in service: which stay open, and who waits for whose load. */
class EarlierModelsTest {
    private final ThreeModels stored = new ThreeModels();
    private final List<FakeModel> opened = stored.opened;
    private final ServedModels<FakeModel> models = new ServedModels<>(stored::find, stored::open);

    @Test
    void anEarlierModelAnswersWhenItIsAskedForByItsId() {
        try (ServedModels<FakeModel> two = new ServedModels<>(stored::find, stored::open, 1)) {
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
        try (ServedModels<FakeModel> two = new ServedModels<>(stored::find, stored::open, 1)) {
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
        try (ServedModels<FakeModel> two = new ServedModels<>(stored::find, load::open, 1)) {
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
        ServedModels<FakeModel> none = new ServedModels<>(stored::find, load::open);

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
        ServedModels<FakeModel> none = new ServedModels<>(stored::find, bundle -> {
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
            return stored.open(bundle);
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
}
