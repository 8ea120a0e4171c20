package io.karyoflow.common.runtime;

import io.karyoflow.common.model.ModelBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bundle's files in a folder of their own, for as long as TensorFlow reads them. */
record UnpackedBundle(Path folder) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UnpackedBundle.class);

    private static final String PREFIX = "unpacked-model-";

    /** Much longer than TensorFlow takes. */
    private static final Duration LONGEST_USE = Duration.ofMinutes(10);

    static UnpackedBundle of(ModelBundle bundle, Path workFolder) {
        try {
            Files.createDirectories(workFolder);
            deleteLeftOver(workFolder);
            UnpackedBundle unpacked =
                    new UnpackedBundle(Files.createTempDirectory(workFolder, PREFIX + bundle.id() + "-"));
            try {
                bundle.unpack(unpacked.folder);
                return unpacked;
            } catch (IOException | RuntimeException e) {
                unpacked.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack model " + bundle.id() + " below " + workFolder, e);
        }
    }

    /** Of a process that is killed while it loads, for want of memory perhaps, and then again after each start. */
    private static void deleteLeftOver(Path workFolder) throws IOException {
        long now = System.currentTimeMillis();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(workFolder, PREFIX + "*")) {
            for (Path folder : folders) {
                if (folder.toFile().lastModified() < now - LONGEST_USE.toMillis()) {
                    new UnpackedBundle(folder).close();
                }
            }
        }
    }

    /** Only says so if it cannot delete them: who has loaded the model must not lose it for that. */
    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("cannot delete the unpacked model in {}", folder, e);
        }
    }
}
