package io.karyoflow.ingest.scanner;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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

    /** Also deletes folders that are empty then. @return how many files were deleted */
    int before(Instant time) throws IOException {
        Forget forget = new Forget(FileTime.from(time));
        Files.walkFileTree(done, forget);
        return forget.count;
    }

    private final class Forget extends SimpleFileVisitor<Path> {
        private final FileTime time;
        private int count;

        Forget(FileTime time) {
            this.time = time;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (putAway(file).compareTo(time) < 0 && Files.deleteIfExists(file)) {
                count++;
            }
            return FileVisitResult.CONTINUE;
        }

        /** The time of the last change was given by the scanner, and a copy may have that of its original. */
        private static FileTime putAway(Path file) throws IOException {
            return (FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            if (!folder.equals(done) && isEmpty(folder)) {
                Files.delete(folder);
            }
            return FileVisitResult.CONTINUE;
        }

        private static boolean isEmpty(Path folder) throws IOException {
            try (var content = Files.newDirectoryStream(folder)) {
                return !content.iterator().hasNext();
            }
        }
    }
}
