package io.karyoflow.benchmarks.serving;

import io.karyoflow.embedded.EmbeddedKafka;
import io.karyoflow.embedded.GuardedCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** {@code serve_requests.py} as one may run it, each with topics of its own. */
final class PythonServices {
    private static final int PARTITIONS = 4;
    private static final int BATCH = 32;
    /** As many as Karyoflow commits together. */
    private static final int LARGE_BATCH = 256;

    private final String python;
    private final Path script;
    private final Path work;
    private final EmbeddedKafka kafka;

    PythonServices(String python, Path home, Path work, EmbeddedKafka kafka) {
        this.python = python;
        this.script = home.resolve("benchmarks/serving/serve_requests.py");
        this.work = work;
        this.kafka = kafka;
    }

    List<Contender> all() throws ExecutionException, InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        return List.of(
                service("pytorch, image by image", 0.25, 1, 1, cores),
                service("pytorch, batches of " + BATCH, 1, 1, BATCH, cores),
                service("pytorch, batches of " + BATCH + ", a process for each core", 1, cores, BATCH, 1),
                service("pytorch, batches of " + LARGE_BATCH + ", a process for each core", 1, cores, LARGE_BATCH, 1));
    }

    private Contender service(String name, double share, int processes, int batch, int threads)
            throws ExecutionException, InterruptedException {
        String topic = name.replaceAll("[^a-z0-9]+", "-");
        String requests = topic + "-requests";
        String answers = topic + "-answers";
        create(requests, answers);
        List<GuardedCommand> commands = IntStream.range(0, processes)
                .mapToObj(process -> GuardedCommand.of(
                                name,
                                work.resolve(topic + ".log"),
                                List.of(
                                        python,
                                        script.toString(),
                                        kafka.bootstrapServers(),
                                        requests,
                                        answers,
                                        Integer.toString(batch),
                                        Integer.toString(threads)))
                        .with(Map.of("OMP_NUM_THREADS", Integer.toString(threads))))
                .toList();
        return new Contender(name, false, share, requests, answers, commands);
    }

    private void create(String... topics) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
            admin.createTopics(Stream.of(topics)
                            .map(topic -> new NewTopic(topic, Optional.of(PARTITIONS), Optional.empty()))
                            .toList())
                    .all()
                    .get();
        }
    }
}
