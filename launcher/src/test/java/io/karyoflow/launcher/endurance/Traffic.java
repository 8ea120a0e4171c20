package io.karyoflow.launcher.endurance;

import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.messaging.ImageRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A scanner that writes files and one that speaks Kafka, and what they have handed over. */
final class Traffic implements AutoCloseable {
    static final List<String> METHODS = List.of("saliency", "occlusion");
    private static final int EXPLAINED_OF = 8;
    private static final int FILES_A_SLIDE = 50;
    private static final int PATIENCE_MILLIS = 600_000;

    private final Path staging;
    private final Path scannerFolder;
    private final List<byte[]> images;
    private final KafkaProducer<String, byte[]> producer;
    private final Set<String> files = ConcurrentHashMap.newKeySet();
    private final Set<String> requests = ConcurrentHashMap.newKeySet();
    private final Set<String> explained = ConcurrentHashMap.newKeySet();
    private int written;
    private int sent;

    Traffic(Path folder, Path scannerFolder, String bootstrapServers, List<byte[]> images) throws IOException {
        this.staging = Files.createDirectories(folder.resolve("staging"));
        this.scannerFolder = scannerFolder;
        this.images = images;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        PATIENCE_MILLIS,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        PATIENCE_MILLIS),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    void writeFile() throws IOException {
        String name = "slide-" + written / FILES_A_SLIDE + "/" + written + ".png";
        Path target = scannerFolder.resolve(name);
        Files.createDirectories(target.getParent());
        Path file = Files.write(staging.resolve(target.getFileName()), images.get(written % images.size()));
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        files.add(name);
        written++;
    }

    void sendRequest() throws ExecutionException, InterruptedException {
        String id = "request-" + sent;
        boolean explain = sent % EXPLAINED_OF == 0;
        byte[] image = images.get(sent % images.size());
        producer.send(ImageRecords.of(
                        new PredictionRequest(
                                id, id, "sent", null, null, null, explain ? METHODS : List.of(), "image/png", image),
                        "endurance"))
                .get();
        requests.add(id);
        if (explain) {
            explained.add(id);
        }
        sent++;
    }

    /** As the watched folder calls them. */
    Set<String> files() {
        return files;
    }

    /** Their ids. */
    Set<String> requests() {
        return requests;
    }

    /** Those of {@link #requests} that want their labels explained by {@link #METHODS}. */
    Set<String> explained() {
        return explained;
    }

    @Override
    public void close() {
        producer.close();
    }
}
