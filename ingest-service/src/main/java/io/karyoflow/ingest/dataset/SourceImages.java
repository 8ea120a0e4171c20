package io.karyoflow.ingest.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The image files of a data set, in an archive or a folder. */
interface SourceImages extends Closeable {
    /** Files that operating systems leave behind. */
    Set<String> LITTER = Set.of("thumbs.db", "desktop.ini");

    /** All files, in no particular order, and those that must not be read. */
    Listing list() throws IOException;

    record Listing(List<SourceImage> images, List<Problem> problems) {}

    /** One file, not yet read. */
    interface SourceImage {
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
}
