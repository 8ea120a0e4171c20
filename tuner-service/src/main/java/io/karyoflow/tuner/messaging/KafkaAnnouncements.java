package io.karyoflow.tuner.messaging;

import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.message.TrialStopRequested;
import io.karyoflow.common.messaging.CloudEventHeaders;
import io.karyoflow.tuner.study.Outbox;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Says on Kafka what the tuner has decided. */
@Singleton
class KafkaAnnouncements implements Outbox.Announcements {
    /** A little more than the producer's own delivery timeout: whoever waits holds rows. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private final MutinyEmitter<byte[]> requests;
    private final MutinyEmitter<byte[]> stops;
    private final MutinyEmitter<byte[]> models;

    KafkaAnnouncements(
            @Channel(Topics.TRIAL_REQUESTS) MutinyEmitter<byte[]> requests,
            @Channel(Topics.TRIAL_STOPS) MutinyEmitter<byte[]> stops,
            @Channel(Topics.MODELS) MutinyEmitter<byte[]> models) {
        this.requests = requests;
        this.stops = stops;
        this.models = models;
    }

    @Override
    public CompletionStage<Void> announce(TrialRequested request) {
        return send(requests, request.trialId(), request);
    }

    @Override
    public CompletionStage<Void> announce(TrialStopRequested request) {
        return send(stops, request.trialId(), request);
    }

    @Override
    public CompletionStage<Void> announce(ModelPromoted promotion) {
        return send(models, promotion.role(), promotion);
    }

    private static CompletionStage<Void> send(MutinyEmitter<byte[]> channel, String key, Object message) {
        return channel.sendMessage(Message.of(MessageJson.write(message))
                        .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                                .withKey(key)
                                .withHeaders(CloudEventHeaders.ofJson(message, "tuner"))
                                .build()))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .subscribeAsCompletionStage();
    }
}
