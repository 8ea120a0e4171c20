package io.karyoflow.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(180)
class EmbeddedIT {
    private Path folder;

    @BeforeEach
    void aFolderThatOtherUsersMayPassThrough() throws Exception {
        folder = Folders.temporary("karyoflow-embedded-it");
    }

    @AfterEach
    void nothingStays() throws Exception {
        Folders.delete(folder);
    }

    @Test
    void eachStartOfAnApplicationGetsAnEmptyDatabaseOfTheSameServer() {
        InfrastructureTestResource resource = new InfrastructureTestResource();

        Map<String, String> first = resource.start();
        Map<String, String> second = resource.start();

        assertThat(first.get("kafka.bootstrap.servers")).isEqualTo(second.get("kafka.bootstrap.servers"));
        assertThat(first.get("quarkus.datasource.jdbc.url"))
                .startsWith("jdbc:postgresql://127.0.0.1:")
                .isNotEqualTo(second.get("quarkus.datasource.jdbc.url"));
    }

    @Test
    void aBrokerStoresARecordAndGivesItBack(@TempDir Path logs) throws Exception {
        Path data = folder.resolve("kafka");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data, logs.resolve("kafka.log"))) {
            Map<String, Object> connection = Map.of(
                    "bootstrap.servers", kafka.bootstrapServers(), "group.id", "it", "auto.offset.reset", "earliest");
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                admin.createTopics(List.of(new NewTopic("nuclei", 1, (short) 1)))
                        .all()
                        .get(30, TimeUnit.SECONDS);
            }
            try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", kafka.bootstrapServers()),
                    new StringSerializer(),
                    new StringSerializer())) {
                producer.send(new ProducerRecord<>("nuclei", "1", "a lymphocyte"))
                        .get(30, TimeUnit.SECONDS);
            }
            try (KafkaConsumer<String, String> consumer =
                    new KafkaConsumer<>(connection, new StringDeserializer(), new StringDeserializer())) {
                consumer.subscribe(List.of("nuclei"));
                ConsumerRecords<String, String> records = ConsumerRecords.empty();
                while (records.isEmpty()) {
                    records = consumer.poll(Duration.ofSeconds(1));
                }
                assertThat(records).extracting("value").containsExactly("a lymphocyte");
            }
        }
        assertThat(data).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(UnprivilegedUser.class)
    void aDatabaseAnswersAQueryAsWhateverUserItRuns(UnprivilegedUser user, @TempDir Path logs) throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(worksHere(user));
        Path data = folder.resolve("postgresql");
        try (EmbeddedPostgresql postgresql = EmbeddedPostgresql.start(data, logs.resolve("postgresql.log"), user);
                Connection connection = postgresql.dataSource().getConnection();
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("SELECT current_database(), current_setting('server_version_num')::int")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("karyoflow");
            assertThat(row.getInt(2)).isGreaterThanOrEqualTo(180_000);
        }
        assertThat(data).doesNotExist();
    }

    private static boolean worksHere(UnprivilegedUser user) {
        boolean root = "root".equals(System.getProperty("user.name"));
        return root == (user != UnprivilegedUser.AS_IS)
                && Tools.succeeds(user.running(List.of("true")).toArray(String[]::new));
    }

    @Test
    void nothingIsLeftOfAJvmThatWasKilled(@TempDir Path logs) throws Exception {
        // Given a JVM that has started both
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        ThisClassPath.with("kafka.Kafka"),
                        StartBothAndWait.class.getName(),
                        folder.toString(),
                        logs.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<ProcessHandle> left;
        try (BufferedReader output = jvm.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).isEqualTo("started");
            left = jvm.descendants().toList();
            assertThat(left).hasSizeGreaterThan(4);

            // When it is killed in a way that runs no hook
            jvm.destroyForcibly().waitFor();
        } finally {
            jvm.destroyForcibly();
        }

        // Then all its children end, and their data are gone
        for (ProcessHandle process : left) {
            process.onExit().get(60, TimeUnit.SECONDS);
        }
        assertThat(folder).doesNotExist();
    }
}
