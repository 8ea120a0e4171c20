package io.karyoflow.common.runtime;

import io.karyoflow.common.model.ModelBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bundle's files in a folder of their own, for as long as TensorFlow reads them. */
record UnpackedBundle(Path folder) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UnpackedBundle.class);

    static UnpackedBundle of(ModelBundle bundle, Path workFolder) {
        try {
            Files.createDirectories(workFolder);
            UnpackedBundle unpacked = new UnpackedBundle(Files.createTempDirectory(workFolder, bundle.id() + "-"));
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
