package io.karyoflow.common.messaging;

import io.karyoflow.common.message.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the topics that are missing, with the settings they need. Every service does so at its start, so any may start
 * first. Topics that exist are left as they are: partitions and retention are then their owner's choice.
 */
public final class CreateTopics {
    private static final Logger LOG = LoggerFactory.getLogger(CreateTopics.class);

    /** Images up to this many bytes pass; producers and consumers of images must allow it too. */
    public static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    /** A dead letter carries headers that say why, on top of the record; its producers must allow it, too. */
    public static final int MAX_DEAD_LETTER_BYTES = MAX_MESSAGE_BYTES + 1024 * 1024;

    private static final int PARTITIONS = 4;
    private static final Map<String, String> LARGE =
            Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_MESSAGE_BYTES));
    /** With the times at which they were written, from which retention counts, whatever the clocks of scanners say. */
    private static final Map<String, String> FROM_SCANNERS = Map.of(
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            Integer.toString(MAX_MESSAGE_BYTES),
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            "LogAppendTime");

    private static final Map<String, String> KEPT =
            Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1", TopicConfig.RETENTION_BYTES_CONFIG, "-1");
    private static final Map<String, String> LARGE_AND_KEPT = kept(MAX_MESSAGE_BYTES);
    private static final Map<String, String> DEAD_LETTERS = kept(MAX_DEAD_LETTER_BYTES);
    private static final Map<String, String> COMPACTED =
            Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);

    private CreateTopics() {}

    /**
     * @param connection the client's settings, at least {@code bootstrap.servers}
     * @throws IllegalStateException if Kafka does not answer in time or refuses; the message says what to check
     */
    public static void in(Map<String, Object> connection) {
        Map<String, Object> settings = new HashMap<>();
        AdminClientConfig.configNames().stream()
                .filter(connection::containsKey)
                .forEach(name -> settings.put(name, connection.get(name)));
        try (Admin admin = Admin.create(settings)) {
            Set<String> there = admin.listTopics().names().get();
            Map<String, KafkaFuture<Void>> creations =
                    admin.createTopics(missing(there)).values();
            for (Map.Entry<String, KafkaFuture<Void>> creation : creations.entrySet()) {
                await(creation.getKey(), creation.getValue());
            }
        } catch (ExecutionException e) {
            throw failure(settings, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(settings, e);
        }
    }

    /** Another service may have been faster. */
    private static void await(String topic, KafkaFuture<Void> creation)
            throws ExecutionException, InterruptedException {
        try {
            creation.get();
            LOG.info("created topic {}", topic);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /**
     * Nothing is asked for that is there: a cluster with access lists refuses whoever may not create topics before it looks
     * whether they exist, and one whose controllers are away answers nobody who wants to create something.
     */
    static List<NewTopic> missing(Set<String> there) {
        return topics().stream().filter(topic -> !there.contains(topic.name())).toList();
    }

    /** All that it creates. */
    public static List<String> names() {
        return topics().stream().map(NewTopic::name).toList();
    }

    private static List<NewTopic> topics() {
        Stream<NewTopic> carrying = Stream.of(
                topic(Topics.IMAGES, PARTITIONS, LARGE_AND_KEPT),
                topic(Topics.DATASETS, 1, COMPACTED),
                topic(Topics.TRIAL_REQUESTS, 1, KEPT),
                topic(Topics.TRIAL_EVENTS, PARTITIONS, Map.of()),
                topic(Topics.TRIAL_STOPS, 1, Map.of()),
                topic(Topics.MODELS, 1, COMPACTED),
                topic(Topics.PREDICTION_REQUESTS, PARTITIONS, FROM_SCANNERS),
                topic(Topics.PREDICTIONS, PARTITIONS, Map.of()),
                topic(Topics.EXPLANATION_REQUESTS, PARTITIONS, LARGE),
                topic(Topics.ATTRIBUTIONS, PARTITIONS, LARGE));
        Stream<NewTopic> deadLetters = Stream.of(
                        Topics.TRIAL_REQUESTS,
                        Topics.TRIAL_EVENTS,
                        Topics.TRIAL_STOPS,
                        Topics.MODELS,
                        Topics.PREDICTION_REQUESTS,
                        Topics.PREDICTIONS,
                        Topics.EXPLANATION_REQUESTS)
                .map(topic -> topic(Topics.deadLetter(topic), 1, DEAD_LETTERS));
        return Stream.concat(carrying, deadLetters).toList();
    }

    private static Map<String, String> kept(int maxMessageBytes) {
        Map<String, String> settings = new HashMap<>(KEPT);
        settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxMessageBytes));
        return settings;
    }

    private static NewTopic topic(String name, int partitions, Map<String, String> settings) {
        return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings);
    }

    private static IllegalStateException failure(Map<String, Object> settings, Throwable cause) {
        return new IllegalStateException(
                "could not create Kafka topics at " + settings.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG) + ": "
                        + cause.getMessage()
                        + "; check that the broker runs and that this client may create topics, or create them first and let it"
                        + " describe them",
                cause);
    }
}
