package io.karyoflow.benchmarks.serving;

import io.karyoflow.common.messaging.CreateTopics;
import io.karyoflow.embedded.EmbeddedKafka;
import io.karyoflow.embedded.EmbeddedPostgresql;
import io.karyoflow.embedded.Folders;
import io.karyoflow.ingest.sample.GenerateSample;
import io.karyoflow.ingest.sample.SampleRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures services in turns: how many images a second they label when many have queued up, and how long one takes that
 * comes alone. What a service does until it has labelled a third of its queue is not counted: it starts and warms up.
 */
@Command(name = "run", mixinStandardHelpOptions = true, description = "Labels a second, beside a service in Python.")
public final class MeasureServing implements Callable<Integer> {
    private static final int DIFFERENT_IMAGES = 500;
    private static final int ALONE = 300;

    @Option(names = "--images", defaultValue = "20000", description = "that queue up (${DEFAULT-VALUE})")
    private int images;

    @Option(names = "--rounds", defaultValue = "3", description = "how often each is measured (${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--python", required = true, hidden = true)
    private String python;

    @Option(names = "--home", required = true, hidden = true)
    private Path home;

    private final Map<String, List<Measurement>> measurements = new LinkedHashMap<>();

    private MeasureServing() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new MeasureServing()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path work = Folders.temporary("karyoflow-benchmark");
        try {
            measureAll(work);
        } finally {
            Folders.delete(work);
        }
        System.out.print(ServingTable.of(measurements));
        return 0;
    }

    private void measureAll(Path work) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(work.resolve("kafka"), work.resolve("kafka.log"));
                EmbeddedPostgresql postgresql =
                        EmbeddedPostgresql.start(work.resolve("postgresql"), work.resolve("postgresql.log"))) {
            CreateTopics.in(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()));
            List<Contender> contenders = new ArrayList<>();
            contenders.add(InferenceService.in(home, work, kafka, postgresql));
            contenders.addAll(new PythonServices(python, home, work, kafka).all());
            List<byte[]> nuclei = nuclei(work);
            for (int round = 1; round <= rounds; round++) {
                System.err.printf("round %d of %d%n", round, rounds);
                for (Contender contender : contenders) {
                    measure(contender, "round-" + round, kafka, nuclei);
                }
            }
        }
    }

    private void measure(Contender contender, String run, EmbeddedKafka kafka, List<byte[]> nuclei) throws Exception {
        try (RequestsAndAnswers talk = new RequestsAndAnswers(kafka.bootstrapServers(), contender, run, nuclei)) {
            talk.ask((int) (images * contender.share()));
            try (Contender.Running service = contender.start()) {
                double speed = imagesPerSecond(talk.awaitAnswers(service));
                List<Double> alone = talk.roundTrips(ALONE, service);
                Measurement measured = new Measurement(speed, alone.get(ALONE / 2), alone.get(ALONE * 95 / 100));
                measurements
                        .computeIfAbsent(contender.name(), name -> new ArrayList<>())
                        .add(measured);
                System.err.printf("  %s: %s%n", contender.name(), measured);
            }
        }
    }

    /** From the end of the commit that answers the first third. */
    private static double imagesPerSecond(List<Long> answered) {
        long warm = answered.get(answered.size() / 3);
        long last = answered.get(answered.size() - 1);
        return answered.stream().filter(time -> time > warm).count() * 1000.0 / (last - warm);
    }

    /** Generated ones, of 100 x 100 pixels, in PNG. */
    private static List<byte[]> nuclei(Path work) throws IOException {
        Path folder = new GenerateSample(work).generate(new SampleRequest("nuclei", 40, DIFFERENT_IMAGES, 1));
        List<byte[]> images = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder.resolve("test"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                images.add(Files.readAllBytes(file));
            }
        }
        return images;
    }
}
