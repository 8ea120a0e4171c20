package io.karyoflow.ingest.scanner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** A file as it looked at one time; equal to a later look if nothing was written in between. */
record WatchedFile(Path path, long size, FileTime changed) {

    static WatchedFile of(Path path) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return new WatchedFile(path, attributes.size(), attributes.lastModifiedTime());
    }

    boolean looksLike(WatchedFile other) {
        return size == other.size && changed.equals(other.changed);
    }
}
