package io.karyoflow.common.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Image files in an archive or a folder, read from where they lie. */
public interface ImageFiles extends Closeable {
    /** Files that operating systems leave behind. */
    Set<String> LITTER = Set.of("thumbs.db", "desktop.ini");

    /** Endings of files that are still being written. */
    Set<String> UNFINISHED = Set.of("tmp", "temp", "part", "partial", "crdownload", "filepart");

    /**
     * @param source a zip or a folder
     * @throws UnusableFileException if it is neither
     */
    static ImageFiles open(Path source) throws IOException, UnusableFileException {
        return Files.isDirectory(source) ? new ImageFolder(source) : ImageZip.open(source);
    }

    /** All files, in no particular order, and those that must not be read. */
    Listing list() throws IOException;

    record Listing(List<ImageFile> images, List<Refused> refused) {}

    /**
     * @param path as the archive or folder has it
     * @param reason for people
     */
    record Refused(String path, String reason) {}

    /** One file, not yet read. */
    interface ImageFile {
        /** Relative to the archive or folder, with slashes. */
        String path();

        /**
         * @param limit reads at most so many bytes, however large the file is
         * @throws IOException if it cannot be read; the message says why
         */
        byte[] read(int limit) throws IOException;
    }

    /** Whether a path is no part of the data set: hidden files, what archivers and file managers leave behind. */
    static boolean isLitter(String path) {
        for (String segment : path.split("/")) {
            if (segment.equals("__MACOSX")
                    || segment.startsWith(".") && !segment.equals("..") && !segment.equals(".")) {
                return true;
            }
        }
        return LITTER.contains(path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT));
    }

    /** Whether a path is named as a file that somebody is still writing: a watched folder leaves it alone. */
    static boolean isUnfinished(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return name.endsWith("~") || UNFINISHED.contains(name.substring(name.lastIndexOf('.') + 1));
    }
}
