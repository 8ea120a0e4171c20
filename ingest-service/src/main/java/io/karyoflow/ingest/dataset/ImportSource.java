package io.karyoflow.ingest.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the files of a data set lie on this machine.
 *
 * @param csv which file has which label
 * @param images a zip, or a folder
 * @param uploaded whether the files are ours to delete when the import has ended
 */
public record ImportSource(Path csv, Path images, boolean uploaded) {

    /** A crash may have been followed by a change of disks. */
    boolean isThere() {
        return Files.isRegularFile(csv) && Files.exists(images);
    }

    SourceImages openImages() throws IOException, UnusableSourceException {
        return Files.isDirectory(images) ? new ImageFolder(images) : ImageZip.open(images);
    }

    void deleteIfUploaded() throws IOException {
        if (uploaded) {
            Files.deleteIfExists(csv);
            Files.deleteIfExists(images);
            Files.deleteIfExists(csv.getParent());
        }
    }
}
