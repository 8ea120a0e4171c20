package io.karyoflow.ingest.scanner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files that could not be read or moved; each is left alone for a while, so that it does not hold up the others. */
final class TroubledFiles {
    private final Duration pause;
    private final Map<Path, Trouble> troubles = new LinkedHashMap<>();

    private record Trouble(IOException cause, Instant since) {}

    TroubledFiles(Duration pause) {
        this.pause = pause;
    }

    void add(Path file, IOException cause, Instant now) {
        troubles.put(file, new Trouble(cause, now));
    }

    boolean mustWait(Path file, Instant now) {
        Trouble trouble = troubles.get(file);
        return trouble != null && now.isBefore(trouble.since().plus(pause));
    }

    /** @throws IOException if there are such files still; it names the first */
    void check() throws IOException {
        troubles.keySet().removeIf(file -> !Files.exists(file, LinkOption.NOFOLLOW_LINKS));
        if (!troubles.isEmpty()) {
            IOException first = troubles.values().iterator().next().cause();
            throw new IOException(
                    "files that cannot be read or moved: " + troubles.size() + ", the first because of " + first
                            + "; let this service do so, rename them, or take them away",
                    first);
        }
    }
}
