package io.karyoflow.ingest.scanner;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The watched folder and its three sub-folders on disk. A claim is a folder below {@code working/} whose name begins with
 * the time of the claim in milliseconds; inside it files keep their paths.
 */
final class ScanFolder implements AutoCloseable {
    private static final String WORKING = "working";
    private static final String DONE = "done";
    private static final String REJECTED = "rejected";
    static final Set<String> SUB_FOLDERS = Set.of(WORKING, DONE, REJECTED);

    private static final String REASON = ".reason.txt";

    private final Path folder;
    private final Path working;
    private final Path done;
    private final Path rejected;
    private FileChannel lockFile;
    private FileLock lock;

    ScanFolder(Path folder) {
        this.folder = folder;
        this.working = folder.resolve(WORKING);
        this.done = folder.resolve(DONE);
        this.rejected = folder.resolve(REJECTED);
    }

    /**
     * Whether this process is the one that works here; a second one stands by until the first has gone.
     *
     * @throws NoSuchFileException if the lock was lost with its folder; one that is made anew might be on another disk
     */
    boolean isOurs() throws IOException {
        if (lock != null) {
            if (!Files.isDirectory(working)) {
                throw new NoSuchFileException(
                        working.toString(),
                        null,
                        "this folder was there before; mount its disk again, or, if it was deleted, restart this service,"
                                + " which makes it anew");
            }
            return true;
        }
        Files.createDirectories(working);
        Files.createDirectories(done);
        Files.createDirectories(rejected);
        if (lockFile == null) {
            lockFile = FileChannel.open(working.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        }
        try {
            lock = lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            return false; // held in this very process
        }
        return lock != null;
    }

    @Override
    public void close() throws IOException {
        if (lockFile != null) {
            lockFile.close(); // gives the lock back
            lockFile = null;
            lock = null;
        }
    }

    /**
     * The oldest files that scanners may have finished.
     *
     * @param most that are looked for at a time
     * @param mustWait files that cannot be worked on now
     */
    LookForFiles incoming(int most, Predicate<Path> mustWait) throws IOException {
        LookForFiles files = new LookForFiles(folder, most, mustWait);
        files.walk();
        return files;
    }

    /** The file's path relative to the watched folder, with slashes: what the scanner calls it. */
    String name(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    /** A new folder to claim files into. */
    Claim newClaim(Instant now) throws IOException {
        return new Claim(Files.createDirectory(working.resolve(
                now.toEpochMilli() + "-" + UUID.randomUUID().toString().substring(0, 8))));
    }

    /** What earlier runs have claimed and not put away. */
    List<Claim> claims() throws IOException {
        try (Stream<Path> folders = Files.list(working)) {
            return folders.filter(Files::isDirectory).sorted().map(Claim::new).toList();
        }
    }

    /** A file below {@code working/}, with the name it had. */
    record ClaimedFile(Path path, String name) {}

    /** Files taken at one time. */
    final class Claim {
        private final Path claimed;

        private Claim(Path claimed) {
            this.claimed = claimed;
        }

        Path path() {
            return claimed;
        }

        Instant time() {
            String name = claimed.getFileName().toString();
            try {
                return Instant.ofEpochMilli(Long.parseLong(name.substring(0, Math.max(0, name.indexOf('-')))));
            } catch (NumberFormatException notOurs) {
                return Instant.EPOCH; // somebody's folder: what is in it may be as old as it likes
            }
        }

        ClaimedFile take(Path file) throws IOException {
            String name = name(file);
            Path target = claimed.resolve(name);
            Files.createDirectories(target.getParent());
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            return new ClaimedFile(target, name);
        }

        List<ClaimedFile> files() throws IOException {
            try (Stream<Path> files = Files.walk(claimed)) {
                return files.filter(Files::isRegularFile)
                        .map(file -> new ClaimedFile(
                                file, claimed.relativize(file).toString().replace('\\', '/')))
                        .toList();
            }
        }

        /** Deletes the folder, unless files are left in it. */
        void close() throws IOException {
            try (Stream<Path> files = Files.walk(claimed)) {
                for (Path folder : files.sorted(Comparator.reverseOrder()).toList()) {
                    if (Files.isRegularFile(folder)) {
                        return;
                    }
                    Files.delete(folder);
                }
            }
        }
    }

    void giveBack(ClaimedFile file) throws IOException {
        moveTo(folder, file.path(), file.name());
    }

    void done(ClaimedFile file) throws IOException {
        moveTo(done, file.path(), file.name());
    }

    /** @return how many files were deleted that had been put away before that time */
    int forgetDone(Instant before) throws IOException {
        return new ForgetDone(done).before(before);
    }

    /** @return how many folders of scanners were deleted that were empty, and in which nothing has changed since that time */
    int forgetFolders(Instant before) throws IOException {
        return new ForgetFolders(folder, before).delete();
    }

    /** The reason is written before the file is moved, so that no file is ever there without one. */
    void rejected(Path file, String name, String reason) throws IOException {
        for (int copy = 1; ; copy++) {
            Path target = numbered(rejected.resolve(name), copy);
            Path reasonFile = target.resolveSibling(target.getFileName() + REASON);
            if (!Files.exists(target)) {
                Files.createDirectories(target.getParent());
                Files.writeString(reasonFile, reason + "\n", StandardCharsets.UTF_8);
                Files.move(file, target);
                return;
            }
        }
    }

    private static void moveTo(Path root, Path file, String name) throws IOException {
        Path wanted = root.resolve(name);
        Files.createDirectories(wanted.getParent());
        for (int copy = 1; ; copy++) {
            try {
                Files.move(file, numbered(wanted, copy));
                return;
            } catch (FileAlreadyExistsException taken) {
                if (!Files.exists(file)) {
                    throw new NoSuchFileException(file.toString());
                }
            }
        }
    }

    /** a.png, a-2.png, a-3.png and so on. */
    private static Path numbered(Path wanted, int copy) {
        if (copy == 1) {
            return wanted;
        }
        String name = wanted.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String extension = dot > 0 ? name.substring(dot) : "";
        return wanted.resolveSibling(stem + "-" + copy + extension);
    }
}
