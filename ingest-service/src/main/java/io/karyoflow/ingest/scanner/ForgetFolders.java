package io.karyoflow.ingest.scanner;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/**
 * Deletes folders that scanners have made, one for each slide, and in which nothing is left: each would be looked through
 * for ever. Not before nothing has changed in one for long, as a scanner may be about to write there.
 */
final class ForgetFolders extends InboxVisitor {
    private final FileTime time;
    private int count;
    private IOException failure;

    /** @param time of the last change in folders to be deleted: before this */
    ForgetFolders(Path folder, Instant time) throws IOException {
        super(folder);
        this.time = FileTime.from(time);
    }

    /**
     * @return how many folders were deleted
     * @throws IOException the first, if some could not be deleted; all others have been
     */
    int delete() throws IOException {
        walk();
        if (failure != null) {
            throw failure;
        }
        return count;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException cause) {
        return FileVisitResult.CONTINUE; // LookForFiles says it
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException cause) {
        try {
            if (!isTop(directory) && lastChange(directory).compareTo(time) < 0) {
                Files.delete(directory); // only if it is empty
                count++;
            }
        } catch (DirectoryNotEmptyException | NoSuchFileException e) {
            // files wait there, or somebody else deleted it
        } catch (IOException e) {
            failure = failure == null ? e : failure;
        }
        return FileVisitResult.CONTINUE;
    }

    /** Copiers give a folder the time of its original, some before they write into it. */
    private static FileTime lastChange(Path directory) throws IOException {
        return (FileTime) Files.getAttribute(directory, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
    }
}
