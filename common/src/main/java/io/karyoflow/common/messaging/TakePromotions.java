package io.karyoflow.common.messaging;

import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.message.UnreadableMessageException;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.common.runtime.UnservableModelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves what is promoted. Every instance reads the topic from its beginning at each start, so the newest promotion is
 * tried first and the older ones are then overtaken: only when the newest cannot be served does one before it load.
 */
public final class TakePromotions {
    private static final Logger LOG = LoggerFactory.getLogger(TakePromotions.class);

    private final ServedModels<?> models;
    private final Duration shortestPause;
    private final Duration longestPause;
    private final String origin;
    private final CountDownLatch stopping = new CountDownLatch(1);

    /**
     * @param shortestPause before the model store is asked again when it cannot be reached
     * @param longestPause each pause is twice the one before, up to this
     * @param origin the service, for dead letters
     */
    public TakePromotions(ServedModels<?> models, Duration shortestPause, Duration longestPause, String origin) {
        this.models = models;
        this.shortestPause = shortestPause;
        this.longestPause = longestPause;
        this.origin = origin;
    }

    /**
     * Returns when the newest promotion that can be served is.
     *
     * @return dead letters of those that cannot be read or served
     */
    public List<ProducerRecord<String, byte[]>> take(Iterable<ConsumerRecord<String, byte[]>> records)
            throws InterruptedException {
        List<ConsumerRecord<String, byte[]>> newestFirst = new ArrayList<>();
        records.forEach(newestFirst::add);
        Collections.reverse(newestFirst);
        List<ProducerRecord<String, byte[]>> deadLetters = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : newestFirst) {
            try {
                promote(read(record));
            } catch (UnreadableMessageException | UnservableModelException e) {
                LOG.error("a promotion cannot be used: {}", e.getMessage(), e);
                deadLetters.add(DeadLetters.of(record, e.getMessage(), origin));
            }
        }
        return deadLetters;
    }

    /** Ends the wait for a model store that cannot be reached. */
    public void stop() {
        stopping.countDown();
    }

    /** Waits for as long as the model store cannot be reached: that is not the promotion's fault. */
    private void promote(ModelPromoted promotion) throws InterruptedException {
        Pauses pauses = new Pauses(shortestPause, longestPause);
        while (stopping.getCount() > 0) {
            try {
                models.promote(promotion);
                return;
            } catch (UnservableModelException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.error("model {} cannot be fetched now; trying again", promotion.modelId(), e);
                stopping.await(pauses.next().toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private static ModelPromoted read(ConsumerRecord<String, byte[]> record) {
        ModelPromoted promotion = MessageJson.read(record.value(), ModelPromoted.class);
        if (promotion.role() == null
                || promotion.modelId() == null
                || promotion.sha256() == null
                || promotion.promotedAt() == null) {
            throw new UnreadableMessageException(
                    "not a ModelPromoted: role, modelId, sha256 and promotedAt must be there, found " + promotion);
        }
        return promotion;
    }
}
