package io.karyoflow.ingest.dataset;

import static io.karyoflow.ingest.TestImages.png;
import static org.awaitility.Awaitility.await;

import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.ImageRecords;
import io.karyoflow.common.messaging.TestTopics;
import io.karyoflow.ingest.TestImages;
import io.karyoflow.ingest.dataset.split.SplitRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Data sets below the import root, and what became of them: in PostgreSQL, and on the topics. */
public final class ImportedDatasets {
    private final Datasets datasets;
    private final Path root;
    private final String bootstrapServers;

    public ImportedDatasets(Datasets datasets, Path root, String bootstrapServers) {
        this.datasets = datasets;
        this.root = root;
        this.bootstrapServers = bootstrapServers;
    }

    public Dataset ended(String id) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> switch (datasets.find(id).orElseThrow().state()) {
                    case VALIDATING, PUBLISHING -> false;
                    case REGISTERED, REJECTED, FAILED -> true;
                });
        return datasets.find(id).orElseThrow();
    }

    public ImportRequest request(Path folder) {
        return new ImportRequest(
                "test",
                new ImportSource(folder.resolve("train.csv"), folder.resolve("train.zip"), false),
                List.of("a", "b"),
                OnError.REJECT,
                SplitRequest.folds(2, 0));
    }

    public Path source(String name, int images, int seed) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        StringBuilder csv = new StringBuilder("Filename,Label\n");
        for (int i = 0; i < images; i++) {
            files.put(i + ".png", png(seed + i));
            csv.append(i).append(".png,").append(i % 2).append('\n');
        }
        return write(name, files, csv);
    }

    public Path write(String name, Map<String, byte[]> files, CharSequence csv) throws IOException {
        Path folder = Files.createDirectories(root.resolve(name));
        Files.writeString(folder.resolve("train.csv"), csv);
        TestImages.zip(folder.resolve("train.zip"), files);
        return folder;
    }

    public List<LabelledImage> imagesInRanges(DatasetRegistered registration) {
        List<LabelledImage> images = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : imagesOf(registration.datasetId())) {
            boolean inRange = registration.ranges().stream()
                    .anyMatch(range -> range.partition() == record.partition()
                            && range.from() <= record.offset()
                            && record.offset() < range.to());
            if (inRange) {
                images.add(ImageRecords.labelledImage(record));
            }
        }
        return images;
    }

    public List<ConsumerRecord<String, byte[]>> imagesOf(String dataset) {
        return TestTopics.read(bootstrapServers, Topics.IMAGES).stream()
                .filter(record -> ImageRecords.dataset(record).orElseThrow().equals(dataset))
                .toList();
    }

    public List<DatasetRegistered> announcements(String dataset) {
        await().atMost(Duration.ofMinutes(1)).until(() -> datasets.unannounced().isEmpty());
        return TestTopics.read(bootstrapServers, Topics.DATASETS).stream()
                .filter(record -> record.key().equals(dataset))
                .map(record -> MessageJson.read(record.value(), DatasetRegistered.class))
                .toList();
    }
}
