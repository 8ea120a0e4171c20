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
    private final boolean followLinks;

    /** @param followLinks whether a data set's CSV and images may be links that lead out of the root; its folder never is */
    public LocateSource(Path root, boolean followLinks) {
        this.root = root;
        this.followLinks = followLinks;
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
            return source(csv, folder.resolve(ARCHIVE));
        }
        if (Files.isDirectory(folder.resolve(FOLDER))) {
            return source(csv, folder.resolve(FOLDER));
        }
        throw new NoSuchFileException(path, null, "the folder has neither " + ARCHIVE + " nor " + FOLDER + "/");
    }

    private ImportSource source(Path csv, Path images) throws IOException {
        for (Path file : new Path[] {csv, images}) {
            if (!followLinks && !file.toRealPath().startsWith(root.toRealPath())) {
                throw new IllegalArgumentException(file.getFileName() + " is a link that leads out of"
                        + " karyoflow.import.root; put the file there, or set karyoflow.import.follow-links");
            }
        }
        return new ImportSource(csv, images, false);
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
