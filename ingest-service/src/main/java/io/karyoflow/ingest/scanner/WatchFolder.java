package io.karyoflow.ingest.scanner;

import io.karyoflow.common.concurrent.OrderedWork;
import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.common.image.UndecodableImageException.Kind;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.ingest.image.CheckImage;
import io.karyoflow.ingest.image.CheckImage.Attempt;
import io.karyoflow.ingest.image.CheckedImage;
import io.karyoflow.ingest.image.PublishRequests;
import io.karyoflow.ingest.scanner.ScanFolder.Claim;
import io.karyoflow.ingest.scanner.ScanFolder.ClaimedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns each file of the watched folder into one prediction request: claimed, published, put away. A crash or failure at
 * any point leaves the file where the next run finds it, and it is published then only if it was not before.
 */
public final class WatchFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WatchFolder.class);

    /** A claim is bounded, so that a burst of large files does not fill the memory. */
    private static final int MOST_FILES = 256;

    private static final long MOST_BYTES = 32 << 20;

    /** Known at a time, in some 25 MB; to work on these takes longer than to look through what else waits. */
    private static final int MOST_WAITING = 50_000;

    /** Long enough for a scanner to be out of use meanwhile, and to find its folder again. */
    private static final Duration EMPTY_FOLDERS_STAY = Duration.ofDays(30);

    /** Kafka's clock may be behind ours. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(1);

    private final ScanFolder folder;
    private final SettledFiles settledFiles;
    private final TroubledFiles troubledFiles;
    private final ScannerConfig config;
    private final CheckImage checkImage;
    private final FileRequests fileRequests;
    private final PublishRequests publishRequests;
    private final FindPublishedRequests findPublishedRequests;
    private final ScanListener listener;
    private final Clock clock;

    /** Published, but still below {@code working/}, since putting them away failed. */
    private final Set<Path> published = new HashSet<>();

    public WatchFolder(
            Path folder,
            ScannerConfig config,
            CheckImage checkImage,
            PublishRequests publishRequests,
            FindPublishedRequests findPublishedRequests,
            ScanListener listener,
            Clock clock) {
        this.folder = new ScanFolder(folder.toAbsolutePath().normalize());
        this.settledFiles = new SettledFiles(config.settle());
        this.troubledFiles = new TroubledFiles(config.patience());
        this.config = config;
        this.checkImage = checkImage;
        this.fileRequests = new FileRequests(config.explain().orElse(List.of()));
        this.publishRequests = publishRequests;
        this.findPublishedRequests = findPublishedRequests;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Looks through the folder once. After an exception the next call repairs what was left half done.
     *
     * @throws IOException if the folder, or some files in it, cannot be worked on; all others have been
     */
    public synchronized void poll() throws IOException {
        if (!folder.isOurs()) {
            return;
        }
        for (Claim claim : folder.claims()) {
            try {
                finish(claim);
            } catch (IOException e) {
                leaveAlone(claim.path(), e);
            }
        }
        LookForFiles incoming = folder.incoming(MOST_WAITING, this::mustWait);
        troubledFiles.unreadable(incoming.unreadable());
        publishAll(settledFiles.among(incoming.oldestFirst(), clock.instant()));
        troubledFiles.check();
    }

    /** Deletes what was put away longer ago than it is to be kept, and folders that scanners seem to be done with. */
    public synchronized void forget() throws IOException {
        if (!folder.isOurs()) {
            return;
        }
        try {
            if (config.keepDone().isPresent()) {
                int files = folder.forgetDone(
                        clock.instant().minus(config.keepDone().get()));
                if (files > 0) {
                    LOG.info("deleted {} files from done/", files);
                }
            }
        } finally {
            int folders = folder.forgetFolders(clock.instant().minus(EMPTY_FOLDERS_STAY));
            if (folders > 0) {
                LOG.info("deleted {} folders that were empty for {} days", folders, EMPTY_FOLDERS_STAY.toDays());
            }
        }
    }

    /** Claims as many files as fit, again and again, and publishes them together. */
    private void publishAll(List<WatchedFile> settled) throws IOException {
        Map<WatchedFile, CheckedImage> next = new LinkedHashMap<>();
        OrderedWork<Attempt<SettledFile>, IOException> images = checkImage.sideBySide(attempt -> {
            CheckedImage image = usable(attempt);
            if (image != null) {
                next.put(attempt.file().file(), image);
            }
            if (isFull(next)) {
                claimAndPublish(next);
                next.clear();
            }
        });
        for (WatchedFile file : settled) {
            // before it is read: what came meanwhile is not known to be bad
            boolean lastChance = settledFiles.hasLookedTheSameFor(file, config.patience(), clock.instant());
            SettledFile toRead = new SettledFile(file, lastChance);
            images.add(() -> checkImage.attempt(toRead, limit -> read(file.path(), limit)));
        }
        images.finish();
        if (!next.isEmpty()) {
            claimAndPublish(next);
        }
    }

    /** @param lastChance whether it is rejected if it cannot be used, having been the same for long enough */
    private record SettledFile(WatchedFile file, boolean lastChance) {}

    private static boolean isFull(Map<WatchedFile, CheckedImage> images) {
        return images.size() == MOST_FILES
                || images.values().stream()
                                .mapToLong(image -> image.bytes().length)
                                .sum()
                        >= MOST_BYTES;
    }

    private void claimAndPublish(Map<WatchedFile, CheckedImage> images) throws IOException {
        Claim claim = folder.newClaim(clock.instant());
        publish(take(images, claim));
        claim.close();
    }

    private Map<ClaimedFile, PredictionRequest> take(Map<WatchedFile, CheckedImage> images, Claim claim) {
        Map<ClaimedFile, PredictionRequest> requests = new LinkedHashMap<>();
        for (Map.Entry<WatchedFile, CheckedImage> entry : images.entrySet()) {
            try {
                ClaimedFile claimed = claim.take(entry.getKey().path());
                if (WatchedFile.of(claimed.path()).looksLike(entry.getKey())) {
                    requests.put(claimed, fileRequests.of(claimed.name(), entry.getValue()));
                } else {
                    folder.giveBack(claimed); // written to since it was read
                }
            } catch (NoSuchFileException gone) {
                LOG.info("{} was taken away before it was read", entry.getKey().path());
            } catch (IOException e) {
                leaveAlone(entry.getKey().path(), e);
            }
        }
        return requests;
    }

    /** Null if it must wait, or has been rejected. */
    private CheckedImage usable(Attempt<SettledFile> attempt) {
        Path file = attempt.file().file().path();
        boolean lastChance = attempt.file().lastChance();
        try {
            return attempt.image();
        } catch (NoSuchFileException gone) {
            return null;
        } catch (UndecodableImageException e) {
            if (lastChance || e.kind() == Kind.TOO_LARGE) {
                reject(file, folder.name(file), e.getMessage());
            }
        } catch (IOException e) {
            if (lastChance) {
                reject(file, folder.name(file), "the file cannot be read: " + e);
            }
        }
        return null;
    }

    /** What an earlier run has claimed: some of it may have been published already. */
    private void finish(Claim claim) throws IOException {
        Map<ClaimedFile, PredictionRequest> requests = new LinkedHashMap<>();
        for (ClaimedFile file : claim.files()) {
            if (mustWait(file.path())) {
                continue;
            }
            if (published.contains(file.path())) {
                putAway(file);
                continue;
            }
            try {
                requests.put(file, fileRequests.of(file.name(), checkImage.check(limit -> read(file.path(), limit))));
            } catch (UndecodableImageException e) {
                reject(file.path(), file.name(), e.getMessage());
            } catch (IOException e) {
                leaveAlone(file.path(), e);
            }
        }
        if (!requests.isEmpty()) {
            Map<String, ClaimedFile> byId = new LinkedHashMap<>();
            requests.forEach((file, request) -> byId.put(request.id(), file));
            Set<String> found =
                    findPublishedRequests.among(byId.keySet(), claim.time().minus(CLOCK_DIFFERENCE));
            LOG.info(
                    "{} files were left while they were published, {} of them had been", requests.size(), found.size());
            for (String id : found) {
                putAway(byId.get(id));
                requests.remove(byId.get(id));
            }
            publish(requests);
        }
        claim.close();
    }

    private void publish(Map<ClaimedFile, PredictionRequest> requests) {
        if (requests.isEmpty()) {
            return;
        }
        publishRequests.publish(new ArrayList<>(requests.values()));
        listener.published(requests.size());
        requests.keySet().forEach(this::putAway);
    }

    /** What is published and stays here is remembered, so that it need not be looked up each time. */
    private void putAway(ClaimedFile file) {
        try {
            folder.done(file);
            published.remove(file.path());
        } catch (IOException e) {
            published.add(file.path());
            leaveAlone(file.path(), e);
        }
    }

    private void reject(Path file, String name, String reason) {
        try {
            folder.rejected(file, name, reason);
        } catch (IOException e) {
            leaveAlone(file, e);
            return;
        }
        listener.rejected(name, reason);
        LOG.warn("rejected {}: {}", name, reason);
    }

    private void leaveAlone(Path file, IOException cause) {
        troubledFiles.add(file, cause, clock.instant());
    }

    private boolean mustWait(Path file) {
        return troubledFiles.mustWait(file, clock.instant());
    }

    private static byte[] read(Path file, int limit) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return content.readNBytes(limit);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        folder.close();
    }
}
