package io.karyoflow.ingest.scanner;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Goes through what scanners write: not into this service's own sub-folders, nor into hidden ones. */
abstract class InboxVisitor extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final Path top;

    InboxVisitor(Path folder) throws IOException {
        this.folder = folder;
        this.top = folder.toRealPath(); // a walk does not follow links, not even the one it begins with
    }

    void walk() throws IOException {
        Files.walkFileTree(top, this);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        boolean ours = top.equals(directory.getParent())
                && ScanFolder.SUB_FOLDERS.contains(directory.getFileName().toString());
        return ours || !isTop(directory) && isHidden(directory)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
    }

    boolean isTop(Path directory) {
        return directory.equals(top);
    }

    static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    /** Below the folder as it was configured, which may be a link. */
    Path asNamed(Path path) {
        return folder.resolve(top.relativize(path));
    }
}
