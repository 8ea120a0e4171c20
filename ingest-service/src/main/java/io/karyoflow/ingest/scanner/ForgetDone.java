package io.karyoflow.ingest.scanner;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** Deletes files that were put away long ago, so that a scanner does not fill the disk with what is labelled. */
final class ForgetDone {
    private final Path done;

    ForgetDone(Path done) {
        this.done = done;
    }

    /**
     * Also deletes folders that are empty then.
     *
     * @return how many files were deleted
     * @throws IOException the first, if some could not be deleted; all others have been
     */
    int before(Instant time) throws IOException {
        Path top = done.toRealPath(); // a walk does not follow links, not even the one it begins with
        Forget forget = new Forget(top, FileTime.from(time));
        Files.walkFileTree(top, forget);
        if (forget.failure != null) {
            throw forget.failure;
        }
        return forget.count;
    }

    private static final class Forget extends SimpleFileVisitor<Path> {
        private final Path top;
        private final FileTime time;
        private int count;
        private IOException failure;

        Forget(Path top, FileTime time) {
            this.top = top;
            this.time = time;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            try {
                if (putAway(file).compareTo(time) < 0 && Files.deleteIfExists(file)) {
                    count++;
                }
            } catch (IOException e) {
                note(e);
            }
            return FileVisitResult.CONTINUE;
        }

        /** The time of the last change was given by the scanner, and a copy may have that of its original. */
        private static FileTime putAway(Path file) throws IOException {
            return (FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException cause) {
            note(cause);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException cause) {
            if (cause != null) {
                note(cause);
                return FileVisitResult.CONTINUE;
            }
            try {
                if (!folder.equals(top) && isEmpty(folder)) {
                    Files.delete(folder);
                }
            } catch (IOException e) {
                note(e);
            }
            return FileVisitResult.CONTINUE;
        }

        private static boolean isEmpty(Path folder) throws IOException {
            try (var content = Files.newDirectoryStream(folder)) {
                return !content.iterator().hasNext();
            }
        }

        private void note(IOException e) {
            if (failure == null && !(e instanceof NoSuchFileException)) { // else somebody else deleted it meanwhile
                failure = e;
            }
        }
    }
}
