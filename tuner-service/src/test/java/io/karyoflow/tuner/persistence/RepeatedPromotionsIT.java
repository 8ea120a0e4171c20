package io.karyoflow.tuner.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karyoflow.tuner.study.SaidOfPromotion;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which promotions a tuner that starts announces once more. */
class RepeatedPromotionsIT {
    private static TwoModels models;
    private static OutboxRepository outbox;

    @BeforeAll
    static void migrate() {
        models = TwoModels.migrated();
        outbox = new OutboxRepository(new Database(models.dataSource));
    }

    @BeforeEach
    void storeTwoModels() {
        models.store();
    }

    @Test
    void theLatestOfEachRole() {
        models.promote("a", "default");
        models.promote("b", "default");
        models.promote("a", "rehearsal");
        models.announceAll();

        outbox.repeatPromotions();

        assertThat(due()).containsExactly("b as default", "a as rehearsal");
    }

    @Test
    void oneThatIsBeingReplacedDoesNotFollowItsSuccessor() throws Exception {
        // Given
        models.promote("a", "default");
        models.announceAll();
        FutureTask<Void> repetition = new FutureTask<>(outbox::repeatPromotions, null);

        // When a tuner starts before another one has promoted and announced the successor
        models.jdbi.useTransaction(handle -> {
            HeldRole.hold(handle, "default").promoteByHand("b", SaidOfPromotion.NOTHING);
            new Thread(repetition).start();
            await().atMost(Duration.ofMinutes(1)).untilAsserted(RepeatedPromotionsIT::assertSomebodyWaits);
            handle.execute("UPDATE promotion SET sent_at = now() WHERE model_id = 'b'");
        });
        repetition.get();

        // Then
        assertThat(due()).containsExactly("b as default");
    }

    private static void assertSomebodyWaits() {
        int waiting =
                models.jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM pg_locks WHERE NOT granted")
                        .mapTo(Integer.class)
                        .one());
        assertThat(waiting).isPositive();
    }

    private static List<String> due() {
        return models.jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT model_id || ' as ' || role FROM promotion WHERE sent_at IS NULL ORDER BY id")
                .mapTo(String.class)
                .list());
    }
}
