package io.karyoflow.ingest.scanner;

import io.karyoflow.common.dataset.ImageFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * Finds files that a scanner may have finished: not hidden, and not named as unfinished ones are. Of more files than memory
 * should hold it keeps the oldest; the others' turn comes when those are put away.
 */
final class LookForFiles extends InboxVisitor {
    private static final Comparator<WatchedFile> OLDEST_FIRST =
            Comparator.comparing(WatchedFile::changed).thenComparing(WatchedFile::path);

    /** Are said; the reason of the first is what matters. */
    private static final int MOST_UNREADABLE = 1000;

    private final int most;
    private final Predicate<Path> mustWait;
    private final PriorityQueue<WatchedFile> newestFirst = new PriorityQueue<>(OLDEST_FIRST.reversed());
    private final Map<Path, IOException> unreadable = new LinkedHashMap<>();

    /** @param mustWait files that cannot be worked on now, and so take nobody's place */
    LookForFiles(Path folder, int most, Predicate<Path> mustWait) throws IOException {
        super(folder);
        this.most = most;
        this.mustWait = mustWait;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        FileVisitResult result = super.preVisitDirectory(directory, attributes);
        return result == FileVisitResult.CONTINUE && !isTop(directory) && !isReadable(directory)
                ? FileVisitResult.SKIP_SUBTREE
                : result;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile()
                && !isHidden(file)
                && !ImageFiles.isUnfinished(file.getFileName().toString())
                && isReadable(file)
                && !mustWait.test(asNamed(file))) {
            newestFirst.add(new WatchedFile(asNamed(file), attributes.size(), attributes.lastModifiedTime()));
            if (newestFirst.size() > most) {
                newestFirst.remove();
            }
        }
        return FileVisitResult.CONTINUE;
    }

    /** Whether the name is what its bytes say: of two that are not, both may read the same, and be taken for one slide. */
    private boolean isReadable(Path path) {
        Path name = path.getFileName();
        try {
            if (Path.of(name.toString()).equals(name)) {
                return true;
            }
        } catch (InvalidPathException e) {
            // said below
        }
        note(
                path,
                new IOException(asNamed(path) + " has a name that is not in this service's encoding, "
                        + System.getProperty("sun.jnu.encoding")
                        + "; rename it, or start the service where that is UTF-8, with LANG=C.UTF-8 for example"));
        return false;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException cause) {
        if (!(cause instanceof NoSuchFileException)) { // else its writer moved or deleted it meanwhile
            note(file, cause);
        }
        return FileVisitResult.CONTINUE;
    }

    /** @param cause why not all that is in the directory could be listed, or null */
    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException cause) {
        return cause == null ? FileVisitResult.CONTINUE : visitFileFailed(directory, cause);
    }

    private void note(Path path, IOException cause) {
        if (unreadable.size() < MOST_UNREADABLE) {
            unreadable.put(asNamed(path), cause);
        }
    }

    List<WatchedFile> oldestFirst() {
        return newestFirst.stream().sorted(OLDEST_FIRST).toList();
    }

    /** Folders and files that are there but cannot be looked into, or told by name. */
    Map<Path, IOException> unreadable() {
        return unreadable;
    }
}
