package io.karyoflow.ingest.scanner;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The watched folder. */
@ConfigMapping(prefix = "karyoflow.scanner")
public interface ScannerConfig {
    /** The folder that scanners write to; absent: nothing is watched. */
    Optional<Path> folder();

    /** How often it is looked through. */
    @WithDefault("PT0.5S")
    Duration poll();

    /** A file is read when its size and time of change have stayed the same for so long. */
    @WithDefault("PT2S")
    Duration settle();

    /**
     * A file that cannot be decoded is left alone for so long after its last change: its writer may have paused. One that
     * cannot be read or moved, after each attempt.
     */
    @WithDefault("PT30S")
    Duration patience();

    /** Files are deleted from {@code done/} so long after they were put there; absent: never. */
    Optional<Duration> keepDone();

    /** Attribution methods to ask for with each image. */
    Optional<List<String>> explain();
}
