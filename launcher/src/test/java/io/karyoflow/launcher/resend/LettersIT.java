package io.karyoflow.launcher.resend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.messaging.TestTopics;
import io.karyoflow.embedded.EmbeddedKafka;
import io.karyoflow.embedded.Folders;
import io.karyoflow.launcher.progress.JobFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a real Kafka. Each test has a topic of its own. */
@Timeout(180)
class LettersIT {
    @TempDir
    static Path logs;

    private static Path work;
    private static EmbeddedKafka kafka;
    private static Map<String, Object> connection;
    private static Admin admin;
    private static TestTopics topics;

    @BeforeAll
    static void start() throws Exception {
        work = Folders.temporary("karyoflow-letters-it");
        kafka = EmbeddedKafka.start(work.resolve("kafka"), logs.resolve("kafka.log"));
        connection = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        admin = Admin.create(connection);
        topics = new TestTopics(connection);
    }

    @AfterAll
    static void stop() throws Exception {
        topics.close();
        admin.close();
        kafka.close();
        Folders.delete(work);
    }

    @Test
    void areReadAsOftenAsOneLikesAsTheyWere() throws Exception {
        create("twice");
        send("twice", "0", "1");

        try (Letters letters = Letters.untilNow(connection, "twice")) {
            send("twice", "2");

            assertThat(read(letters)).containsExactly("0", "1");
            assertThat(read(letters)).containsExactly("0", "1");
        }
    }

    @Test
    void whatIsDeletedBetweenTwoReadingsIsAFailure() throws Exception {
        create("between");
        send("between", "0", "1", "2");

        try (Letters letters = Letters.untilNow(connection, "between")) {
            assertThat(read(letters)).containsExactly("0", "1", "2");

            deleteBefore("between", 2);

            assertThatThrownBy(() -> read(letters))
                    .isInstanceOf(JobFailure.class)
                    .hasMessageContaining("between were deleted while they were read; run it again");
        }
    }

    @Test
    void whatIsDeletedAheadOfWhoReadsItIsAFailure() throws Exception {
        create("ahead");
        for (int i = 0; i < 6; i++) {
            send("ahead", Integer.toString(i));
        }
        Map<String, Object> oneByOne = new HashMap<>(connection);
        oneByOne.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1);

        try (Letters letters = Letters.untilNow(oneByOne, "ahead")) {
            assertThatThrownBy(() -> letters.read(records -> deleteBefore("ahead", 5)))
                    .isInstanceOf(JobFailure.class)
                    .hasMessageContaining("ahead were deleted while they were read; run it again");
        }
    }

    @Test
    void whatLiesBehindATransactionThatWasOpenIsAmongThem() throws Exception {
        create("open");
        try (KafkaProducer<String, byte[]> service =
                topics.producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "a-service"))) {
            service.initTransactions();
            service.beginTransaction();
            service.send(new ProducerRecord<>("open", "in it", new byte[] {1})).get();
            send("open", "behind it");

            try (Letters letters = Letters.untilNow(connection, "open")) {
                service.commitTransaction();

                assertThat(read(letters)).containsExactly("in it", "behind it");
            }
        }
    }

    private static void create(String topic) throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }

    /** Each call's records are a batch of their own. */
    private static void send(String topic, String... keys) throws ExecutionException, InterruptedException {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (String key : keys) {
            records.add(new ProducerRecord<>(topic, key, new byte[] {1}));
        }
        topics.send(records);
    }

    /** As the topic's retention does. */
    private static void deleteBefore(String topic, long offset) {
        try {
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> read(Letters letters) {
        List<String> keys = new ArrayList<>();
        letters.read(records -> {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                keys.add(new String(record.key(), StandardCharsets.UTF_8));
            }
        });
        return keys;
    }
}
