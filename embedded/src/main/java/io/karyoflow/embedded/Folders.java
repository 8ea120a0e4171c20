package io.karyoflow.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Working folders: fresh ones, and no trace of old ones. */
public final class Folders {
    private Folders() {}

    /** A fresh folder that others may pass through but not list: PostgreSQL may have to run as another user. */
    public static Path temporary(String prefix) throws IOException {
        return Files.setPosixFilePermissions(
                Files.createTempDirectory(prefix), PosixFilePermissions.fromString("rwx--x--x"));
    }

    /** Deletes a folder with all that is in it; does nothing if it is not there. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> found = Files.walk(folder)) {
            deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
