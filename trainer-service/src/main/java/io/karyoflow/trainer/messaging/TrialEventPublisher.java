package io.karyoflow.trainer.messaging;

import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.message.TrialEvent;
import io.karyoflow.common.messaging.CloudEventHeaders;
import io.karyoflow.trainer.trial.TrialEvents;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Events of one trial lie in one partition, in the order in which they were said. */
@Singleton
public class TrialEventPublisher implements TrialEvents {
    static final String SOURCE = "trainer";

    private final EventProducer producer;

    TrialEventPublisher(EventProducer producer) {
        this.producer = producer;
    }

    @Override
    public void say(TrialEvent event) {
        producer.send(new ProducerRecord<>(
                Topics.TRIAL_EVENTS,
                null,
                event.trialId(),
                MessageJson.write(event),
                CloudEventHeaders.ofJson(event, SOURCE)));
    }
}
