package io.karyoflow.common.runtime;

import static io.karyoflow.common.runtime.ThreeModels.A;
import static io.karyoflow.common.runtime.ThreeModels.B;
import static io.karyoflow.common.runtime.ThreeModels.NOON;
import static io.karyoflow.common.runtime.ThreeModels.promotion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.model.ModelBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model in service: which it is after each promotion, and that it is there while it is used. */
class ServedModelsTest {
    @TempDir
    private Path workFolder;

    private final ThreeModels stored = new ThreeModels();
    private final List<FakeModel> opened = stored.opened;
    private final ServedModels<FakeModel> models = new ServedModels<>(stored::find, stored::open);

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
    void aModelThatIsPromotedAgainIsNotDisplacedByWhatWasPromotedInBetween() {
        models.promote(promotion(A, NOON));

        models.promote(promotion(A, NOON.plusSeconds(5)));
        models.promote(promotion(B, NOON.plusSeconds(3)));

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
    void closingClosesTheModel() {
        models.promote(promotion(A, NOON));

        models.close();

        assertThat(opened.get(0).closed).isTrue();
        assertThatThrownBy(() -> models.withModel(FakeModel::id)).isInstanceOf(IllegalStateException.class);
    }

    /** With real models: a call on one that is closed already would crash or throw. */
    @Test
    void noCallFailsWhileModelsAreSwitchedUnderLoad() throws Exception {
        try (ServedModels<DjlModel> real =
                new ServedModels<>(stored::find, bundle -> DjlModel.open(bundle, workFolder, 1))) {
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

    private static float grey(DjlModel model) {
        float[] image = new float[10 * 10 * 3];
        java.util.Arrays.fill(image, 100f);
        float[] colours = new float[ColourStatistics.NUMBERS];
        return model.classify(new ImageBatch(1, 10, 10, image, colours)).logits()[0][2];
    }
}
