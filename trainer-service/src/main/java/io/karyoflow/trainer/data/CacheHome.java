package io.karyoflow.trainer.data;

import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where one cached data set lives, or features of it, and the locks around it. Who builds or deletes it holds {@link
 * #change} alone; who has it open shares {@link #use}.
 *
 * @param content the folder with the complete data set, or the complete file of features in it. The time of change of the
 *     pixels, or of that file, is the time when it was opened last
 */
record CacheHome(Path content) {
    /** What names of files of features end in. */
    static final String FEATURES = ".features";

    private static final String BUILDING = ".building";
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9_-]*-[0-9a-f]{16})(" + BUILDING + ")?");

    /** Different registrations never share a home, even under one id. */
    static CacheHome of(Path cache, DatasetRegistered dataset) {
        return of(cache, dataset, CacheIndex.FORMAT);
    }

    /** Nor do formats: trainers of two versions that share a cache would delete each other's data sets as corrupt. */
    static CacheHome of(Path cache, DatasetRegistered dataset, int format) {
        String readable = dataset.datasetId().replaceAll("[^A-Za-z0-9_-]", "_");
        MessageDigest digest = Sha256.digest();
        digest.update(MessageJson.write(dataset));
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(format).flip());
        return new CacheHome(cache.resolve(readable.substring(0, Math.min(60, readable.length())) + "-"
                + HexFormat.of().formatHex(digest.digest()).substring(0, 16)));
    }

    /** Features among what else is known of a data set. @param name unique among them */
    static CacheHome ofFeatures(CachedDataset dataset, String name) {
        return new CacheHome(dataset.folder().resolve(name + FEATURES));
    }

    /** The home that a folder belongs to, complete or not; empty for a folder that the cache has not made. */
    static Optional<CacheHome> around(Path folder) {
        Matcher name = NAME.matcher(folder.getFileName().toString());
        return Optional.of(name)
                .filter(Matcher::matches)
                .map(ours -> new CacheHome(folder.resolveSibling(ours.group(1))))
                .filter(home -> Files.exists(home.changeLock()));
    }

    /** What is not complete yet lies here. */
    Path building() {
        return sibling(BUILDING);
    }

    HostLock change() {
        return HostLock.of(changeLock());
    }

    HostLock use() {
        return HostLock.of(sibling(".use"));
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        List<Path> contentFirst;
        try (Stream<Path> walk = Files.walk(tree)) {
            contentFirst = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : contentFirst) {
            Files.delete(path);
        }
    }

    private Path changeLock() {
        return sibling(".lock");
    }

    private Path sibling(String suffix) {
        return content.resolveSibling(content.getFileName() + suffix);
    }
}
