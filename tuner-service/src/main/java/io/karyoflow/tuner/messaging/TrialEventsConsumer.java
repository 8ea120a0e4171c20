package io.karyoflow.tuner.messaging;

import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.message.TrialEvent;
import io.karyoflow.common.message.UnreadableMessageException;
import io.karyoflow.tuner.study.HandleTrialEvent;
import io.karyoflow.tuner.study.UnusableReportException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Hears the trainers: one event after the other, each committed only after the database has it. While the database is
 * away the event waits; one that can never be used goes to the dead letters.
 */
@Singleton
class TrialEventsConsumer {
    private static final Logger LOG = Logger.getLogger(TrialEventsConsumer.class);
    private static final String UNUSABLE = "unusable";

    private final HandleTrialEvent handleTrialEvent;
    private final TrialEventDeadLetters deadLetters;
    private final Backoff backoff;
    private final MeterRegistry meters;

    TrialEventsConsumer(
            HandleTrialEvent handleTrialEvent,
            TrialEventDeadLetters deadLetters,
            Backoff backoff,
            MeterRegistry meters) {
        this.handleTrialEvent = handleTrialEvent;
        this.deadLetters = deadLetters;
        this.backoff = backoff;
        this.meters = meters;
        timer(UNUSABLE); // else the first dead letter would not be a rise, but a meter that begins with 1
    }

    @Incoming(Topics.TRIAL_EVENTS)
    @Blocking
    void consume(ConsumerRecord<String, byte[]> record) {
        Timer.Sample sample = Timer.start(meters);
        String type = UNUSABLE;
        try {
            TrialEvent event = MessageJson.read(record.value(), TrialEvent.class);
            backoff.untilAvailable(() -> handleTrialEvent.handle(event));
            type = event.getClass().getSimpleName();
        } catch (UnreadableMessageException | UnusableReportException e) {
            deadLetters.send(record, e.getMessage());
        } catch (Backoff.ShuttingDownException e) {
            throw e; // not committed, so it is read again after the start
        } catch (RuntimeException e) {
            LOG.errorf(e, "an event of trial %s cannot be handled", record.key());
            deadLetters.send(record, "the tuner could not handle it: " + e);
        } finally {
            sample.stop(timer(type));
        }
    }

    private Timer timer(String type) {
        return meters.timer("karyoflow.trial.events", "type", type);
    }
}
