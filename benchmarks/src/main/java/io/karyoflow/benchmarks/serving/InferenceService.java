package io.karyoflow.benchmarks.serving;

import io.karyoflow.benchmarks.model.UntrainedModel;
import io.karyoflow.common.database.ModelStore;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.embedded.EmbeddedKafka;
import io.karyoflow.embedded.EmbeddedPostgresql;
import io.karyoflow.embedded.GuardedCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.flywaydb.core.Flyway;

/** Ours, as the quickstart starts it, with the 8-layer ConvNet promoted. */
final class InferenceService {
    private static final int SIDE = 48;
    private static final int WIDTH = 16;

    private InferenceService() {}

    /** @param home the repository, where the service is built */
    static Contender in(Path home, Path work, EmbeddedKafka kafka, EmbeddedPostgresql postgresql)
            throws IOException, ExecutionException, InterruptedException {
        promote(UntrainedModel.bundle(SIDE, WIDTH, work), kafka, postgresql);
        GuardedCommand command = GuardedCommand.of(
                        "inference-service",
                        work.resolve("inference-service.log"),
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx1g",
                                "-XX:+UseSerialGC",
                                "-Djava.io.tmpdir=" + work,
                                "-Dquarkus.http.host=127.0.0.1",
                                "-Dquarkus.http.port=0",
                                "-jar",
                                home.resolve("inference-service/target/quarkus-app/quarkus-run.jar")
                                        .toString()))
                .with(Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        kafka.bootstrapServers(),
                        "KARYOFLOW_DATABASE_URL",
                        postgresql.jdbcUrl(),
                        "KARYOFLOW_DATABASE_USER",
                        EmbeddedPostgresql.USER,
                        "KARYOFLOW_DATABASE_PASSWORD",
                        EmbeddedPostgresql.PASSWORD,
                        "MALLOC_ARENA_MAX",
                        "2"));
        return new Contender("karyoflow", true, 1, Topics.PREDICTION_REQUESTS, Topics.PREDICTIONS, List.of(command));
    }

    private static void promote(ModelBundle model, EmbeddedKafka kafka, EmbeddedPostgresql postgresql)
            throws ExecutionException, InterruptedException {
        Flyway.configure().dataSource(postgresql.dataSource()).load().migrate();
        new ModelStore(postgresql.dataSource()).save(model);
        ModelPromoted promotion = new ModelPromoted(
                ModelPromoted.DEFAULT_ROLE, model.id(), model.sha256(), "benchmark", "benchmark", Instant.now());
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.MODELS, promotion.role(), MessageJson.write(promotion)))
                    .get();
        }
    }
}
