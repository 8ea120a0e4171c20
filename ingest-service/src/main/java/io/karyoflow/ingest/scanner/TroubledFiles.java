package io.karyoflow.ingest.scanner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Files that could not be read or moved; each is left alone for a while, so that it does not hold up the others. */
final class TroubledFiles {
    private final Duration pause;
    private final Map<Path, Trouble> troubles = new LinkedHashMap<>();
    private Map<Path, IOException> unreadable = Map.of();

    private record Trouble(IOException cause, Instant since) {}

    TroubledFiles(Duration pause) {
        this.pause = pause;
    }

    void add(Path file, IOException cause, Instant now) {
        troubles.put(file, new Trouble(cause, now));
    }

    /** What cannot be looked into now, in place of what could not before. */
    void unreadable(Map<Path, IOException> causes) {
        unreadable = causes;
    }

    /** If the clock was put back, it need not wait until that has caught up. */
    boolean mustWait(Path file, Instant now) {
        Trouble trouble = troubles.get(file);
        return trouble != null
                && !now.isBefore(trouble.since())
                && now.isBefore(trouble.since().plus(pause));
    }

    /** @throws IOException if there are such files still; it names the first */
    void check() throws IOException {
        troubles.keySet().removeIf(file -> !Files.exists(file, LinkOption.NOFOLLOW_LINKS));
        List<IOException> causes = Stream.concat(
                        troubles.values().stream().map(Trouble::cause), unreadable.values().stream())
                .toList();
        if (!causes.isEmpty()) {
            IOException first = causes.get(0);
            throw new IOException(
                    "files that cannot be read or moved: " + causes.size() + ", the first because of " + first
                            + "; let this service do so, rename them, or take them away",
                    first);
        }
    }
}
