package io.karyoflow.ingest;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Folders of its own, short waits, and limits small enough to pass. */
public class IngestProfile implements QuarkusTestProfile {
    public static final String IMPORT_ROOT = "karyoflow.import.root";
    public static final String SCANNER_FOLDER = "karyoflow.scanner.folder";

    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            Path folder = Files.createTempDirectory("ingest-it");
            return Map.of(
                    IMPORT_ROOT,
                    Files.createDirectory(folder.resolve("import")).toString(),
                    "karyoflow.import.uploads",
                    folder.resolve("uploads").toString(),
                    SCANNER_FOLDER,
                    folder.resolve("scans").toString(),
                    "karyoflow.scanner.poll",
                    "PT0.1S",
                    "karyoflow.scanner.settle",
                    "PT0.3S",
                    "karyoflow.scanner.patience",
                    "PT1S",
                    "karyoflow.import.announce-interval",
                    "PT0.5S",
                    "karyoflow.image.max-pixels",
                    "4096",
                    "karyoflow.image.max-bytes",
                    "100000",
                    "quarkus.http.test-port",
                    "0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
