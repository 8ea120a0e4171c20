package io.karyoflow.ingest.dataset;

import io.karyoflow.common.dataset.UnusableFileException;
import io.karyoflow.ingest.dataset.Problem.Kind;
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

    /** Moves uploaded files to where the import reads them; if that fails, none is left there. */
    public void receive(Path uploadedCsv, Path uploadedImages) throws IOException {
        try {
            Files.createDirectories(csv.getParent());
            Files.move(uploadedCsv, csv);
            Files.move(uploadedImages, images);
        } catch (IOException e) {
            deleteIfUploaded();
            throw e;
        }
    }

    /** A crash may have been followed by a change of disks. */
    boolean isThere() {
        return Files.isRegularFile(csv) && Files.exists(images);
    }

    /** What is wrong with the CSV or the archive as a whole. */
    Problem problem(UnusableFileException e) {
        return new Problem(
                e.file().getFileName().toString(),
                e.file().equals(csv) ? Kind.UNREADABLE_CSV : Kind.UNREADABLE_ARCHIVE,
                e.reason());
    }

    void deleteIfUploaded() throws IOException {
        if (uploaded) {
            Files.deleteIfExists(csv);
            Files.deleteIfExists(images);
            Files.deleteIfExists(csv.getParent());
        }
    }
}
