package io.karyoflow.trainer.messaging;

import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.message.TrialStopRequested;
import io.karyoflow.common.message.UnreadableMessageException;
import io.karyoflow.common.messaging.DeadLetters;
import io.karyoflow.trainer.trial.RunningTrials;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops a trial within a step of being asked. Every trainer hears every request; one that is missed is found in the
 * trial's row at its next heartbeat.
 */
@Singleton
public class TrialStopConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(TrialStopConsumer.class);

    private final RunningTrials trials;
    private final EventProducer producer;

    TrialStopConsumer(RunningTrials trials, EventProducer producer) {
        this.trials = trials;
        this.producer = producer;
    }

    @Incoming(Topics.TRIAL_STOPS)
    @Blocking
    void hear(ConsumerRecord<String, byte[]> record) {
        try {
            TrialStopRequested request = MessageJson.read(record.value(), TrialStopRequested.class);
            if (request.trialId() != null && trials.stop(request.trialId())) {
                LOG.info("trial {} is to stop: {}", request.trialId(), request.reason());
            }
        } catch (UnreadableMessageException e) {
            LOG.warn("unreadable record on {}: {}", record.topic(), e.getMessage());
            producer.send(DeadLetters.of(record, e.getMessage(), TrialEventPublisher.SOURCE));
        }
    }
}
