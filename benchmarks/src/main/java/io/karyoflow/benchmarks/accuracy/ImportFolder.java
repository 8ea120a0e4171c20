package io.karyoflow.benchmarks.accuracy;

import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.DatasetRegistered.OffsetRange;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.ingest.dataset.ImportConfig;
import io.karyoflow.ingest.dataset.ImportDataset;
import io.karyoflow.ingest.dataset.ImportReport;
import io.karyoflow.ingest.dataset.ImportRequest;
import io.karyoflow.ingest.dataset.LocateSource;
import io.karyoflow.ingest.dataset.OnError;
import io.karyoflow.ingest.dataset.PublishImages;
import io.karyoflow.ingest.dataset.RecordImport;
import io.karyoflow.ingest.dataset.split.SplitRequest;
import io.karyoflow.ingest.image.CheckImage;
import io.karyoflow.ingest.image.ImageConfig;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Imports a folder as the ingest service does, with the same checks and folds, but into memory. */
final class ImportFolder implements RecordImport, PublishImages, PublishImages.Publication {
    private static final String ID = "accuracy";
    /** The ingest service's configuration, with its defaults. */
    private static final SmallRyeConfig CONFIG = new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .addDiscoveredConverters()
            .withMapping(ImportConfig.class)
            .withMapping(ImageConfig.class)
            .build();

    private final List<LabelledImage> images = new ArrayList<>();
    private DatasetRegistered registration;

    private ImportFolder() {}

    static ImportConfig config() {
        return CONFIG.getConfigMapping(ImportConfig.class);
    }

    /**
     * @param folder with {@code train.csv}, and {@code train.zip} or {@code train/}
     * @param classes names by label
     * @throws BenchmarkFailure if the ingest service would reject it
     * @throws IOException if something of it is missing or cannot be read
     */
    static LabelledData run(Path folder, List<String> classes, SplitRequest split) throws IOException {
        ImportFolder into = new ImportFolder();
        CheckImage checkImage = new CheckImage(CONFIG.getConfigMapping(ImageConfig.class));
        // a registration that is the same each time finds the cache of the run before
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        ImportRequest request =
                new ImportRequest(ID, new LocateSource(folder, true).locate(""), classes, OnError.REJECT, split);
        new ImportDataset(into, into, () -> {}, checkImage, config(), clock).run(ID, request);
        return new LabelledData(into.registration, into.images);
    }

    @Override
    public void validating(String id) {}

    @Override
    public void progress(String id, int checked, int published, Integer total) {}

    @Override
    public void publishing(String id, ImportReport report) {}

    @Override
    public void registered(String id, DatasetRegistered registered) {
        registration = registered;
    }

    @Override
    public void rejected(String id, ImportReport report, String error) {
        String problems = report.problems().stream()
                .limit(20)
                .map(problem -> "\n  " + problem.file() + ": " + problem.reason())
                .collect(Collectors.joining());
        throw new BenchmarkFailure(error + "; problems: " + report.problemCount() + problems);
    }

    @Override
    public Publication begin() {
        return this;
    }

    @Override
    public void send(LabelledImage image) {
        images.add(image);
    }

    @Override
    public int acknowledged() {
        return images.size();
    }

    @Override
    public List<OffsetRange> complete() {
        return List.of(new OffsetRange(0, 0, images.size()));
    }

    @Override
    public void close() {}
}
