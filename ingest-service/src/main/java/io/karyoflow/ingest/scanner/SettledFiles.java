package io.karyoflow.ingest.scanner;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Remembers since when each file has looked the same, by this process' own clock, not the file server's. */
final class SettledFiles {
    private final Duration settle;
    private Map<Path, Sighting> sightings = new HashMap<>();

    private record Sighting(WatchedFile file, Instant since) {}

    SettledFiles(Duration settle) {
        this.settle = settle;
    }

    /** Those of {@code files} that nobody has written to for the settle time; if the clock was put back, it begins anew. */
    List<WatchedFile> among(List<WatchedFile> files, Instant now) {
        Map<Path, Sighting> current = new HashMap<>();
        for (WatchedFile file : files) {
            Sighting earlier = sightings.get(file.path());
            boolean same = earlier != null
                    && earlier.file().looksLike(file)
                    && !earlier.since().isAfter(now);
            current.put(file.path(), same ? earlier : new Sighting(file, now));
        }
        sightings = current; // files that are gone are forgotten
        return files.stream()
                .filter(file -> hasLookedTheSameFor(file, settle, now))
                .toList();
    }

    boolean hasLookedTheSameFor(WatchedFile file, Duration time, Instant now) {
        Sighting sighting = sightings.get(file.path());
        return sighting != null && !sighting.since().plus(time).isAfter(now);
    }
}
