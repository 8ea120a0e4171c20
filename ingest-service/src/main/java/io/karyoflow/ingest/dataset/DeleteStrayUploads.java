package io.karyoflow.ingest.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes uploaded files that no import will read, since a process died before it had noted the import, or after it had
 * ended. What has changed within a day may be arriving still, at another instance that shares the folder.
 */
public final class DeleteStrayUploads {
    private static final Logger LOG = LoggerFactory.getLogger(DeleteStrayUploads.class);
    private static final Duration MAY_BE_ARRIVING = Duration.ofDays(1);

    /** Where Quarkus puts what is under way, by application.properties. */
    private static final String INCOMING = "incoming";

    /** as {@link RunImports#newId} makes them */
    private static final Pattern ID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private final Path uploads;
    private final Datasets datasets;
    private final Clock clock;

    public DeleteStrayUploads(Path uploads, Datasets datasets, Clock clock) {
        this.uploads = uploads;
        this.datasets = datasets;
        this.clock = clock;
    }

    /** What cannot be deleted, or another instance moves meanwhile, is left, and said. */
    public void run() {
        Set<String> unfinished = datasets.unfinished().keySet();
        in(uploads.resolve(INCOMING)).forEach(this::deleteIfStray);
        for (Path upload : in(uploads)) {
            String id = upload.getFileName().toString();
            if (ID.matcher(id).matches() && !unfinished.contains(id)) {
                deleteIfStray(upload);
            }
        }
    }

    private static List<Path> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList();
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("cannot look into {} for uploads that a crash has left: {}", folder, e.toString());
            return List.of();
        }
    }

    private void deleteIfStray(Path upload) {
        try {
            deleteUnlessItMayBeArriving(upload);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{}, which a crash may have left, could not be deleted: {}", upload, e.toString());
        }
    }

    private void deleteUnlessItMayBeArriving(Path upload) throws IOException {
        Instant lately = clock.instant().minus(MAY_BE_ARRIVING);
        List<Path> files;
        try (Stream<Path> walk = Files.walk(upload)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            if (Files.getLastModifiedTime(file).toInstant().isAfter(lately)) {
                return;
            }
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        LOG.info("deleted {}, which a crash had left", upload);
    }
}
