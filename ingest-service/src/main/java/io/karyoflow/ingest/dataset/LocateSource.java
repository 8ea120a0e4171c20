package io.karyoflow.ingest.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Finds a data set's files below the import root, and nowhere else. */
public final class LocateSource {
    private static final String CSV = "train.csv";
    private static final String ARCHIVE = "train.zip";
    private static final String FOLDER = "train";

    private final Path root;

    public LocateSource(Path root) {
        this.root = root;
    }

    /**
     * @param path of a folder with {@code train.csv} and {@code train.zip} or {@code train/}, relative to the root
     * @throws IllegalArgumentException if the path leaves the root, also through a link
     * @throws NoSuchFileException if the folder or a file in it is missing; its reason says which
     */
    public ImportSource locate(String path) throws IOException {
        Path folder = below(path);
        Path csv = folder.resolve(CSV);
        if (!Files.isRegularFile(csv)) {
            throw new NoSuchFileException(path, null, "the folder has no " + CSV);
        }
        if (Files.isRegularFile(folder.resolve(ARCHIVE))) {
            return new ImportSource(csv, folder.resolve(ARCHIVE), false);
        }
        if (Files.isDirectory(folder.resolve(FOLDER))) {
            return new ImportSource(csv, folder.resolve(FOLDER), false);
        }
        throw new NoSuchFileException(path, null, "the folder has neither " + ARCHIVE + " nor " + FOLDER + "/");
    }

    private Path below(String path) throws IOException {
        Path folder;
        try {
            folder = root.toAbsolutePath().resolve(path).normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + path + "' is not a path: " + e.getReason(), e);
        }
        if (!folder.startsWith(root.toAbsolutePath().normalize())) {
            throw leavesRoot(path);
        }
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(path, null, "there is no such folder below karyoflow.import.root");
        }
        if (!folder.toRealPath().startsWith(root.toRealPath())) {
            throw leavesRoot(path);
        }
        return folder.toRealPath();
    }

    private static IllegalArgumentException leavesRoot(String path) {
        return new IllegalArgumentException(
                "'" + path + "' is not below karyoflow.import.root; give a path relative to it");
    }
}
