package io.karyoflow.trainer.messaging;

import io.karyoflow.common.message.Topics;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The share group from which idle workers take trials: each request goes to one of them, and to another if it dies. */
@Singleton
public class TrainersGroup {
    private static final String SHARE_AUTO_OFFSET_RESET = "share.auto.offset.reset";

    private final KafkaConnection connection;

    TrainersGroup(KafkaConnection connection) {
        this.connection = connection;
    }

    /** Makes the group see requests that were sent before its first member came. */
    void startAtEarliest() {
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, Topics.TRAINERS_SHARE_GROUP);
        AlterConfigOp earliest =
                new AlterConfigOp(new ConfigEntry(SHARE_AUTO_OFFSET_RESET, "earliest"), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(connection.settings())) {
            admin.incrementalAlterConfigs(Map.of(group, List.of(earliest)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "cannot set " + SHARE_AUTO_OFFSET_RESET + " of group " + group.name() + ": "
                            + e.getCause().getMessage(),
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }

    /** A consumer that is given one request at a time and keeps it until it is acknowledged, renewed or lost. */
    KafkaShareConsumer<String, byte[]> join() {
        Map<String, Object> settings = connection.settings();
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, Topics.TRAINERS_SHARE_GROUP);
        settings.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        settings.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        KafkaShareConsumer<String, byte[]> consumer =
                new KafkaShareConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topics.TRIAL_REQUESTS));
        return consumer;
    }
}
