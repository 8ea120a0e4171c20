package io.karyoflow.common.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Images as files below a folder. */
record ImageFolder(Path folder) implements ImageFiles {

    @Override
    public Listing list() throws IOException {
        List<ImageFile> images = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        Path root = folder.toRealPath();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String path = root.relativize(file).toString().replace('\\', '/');
                if (Files.isSymbolicLink(file) && !leadsInto(root, file)) {
                    refused.add(new Refused(path, "the link leads out of the folder, or nowhere; it was not read"));
                } else if (Files.isRegularFile(file) && !ImageFiles.isLitter(path)) {
                    images.add(new ImageInFolder(path, file));
                }
            }
        }
        return new Listing(images, refused);
    }

    private static boolean leadsInto(Path root, Path link) throws IOException {
        return Files.exists(link) && link.toRealPath().startsWith(root);
    }

    @Override
    public void close() {
        // nothing is held open
    }

    private record ImageInFolder(String path, Path file) implements ImageFile {
        @Override
        public byte[] read(int limit) throws IOException {
            try (InputStream content = Files.newInputStream(file)) {
                return content.readNBytes(limit);
            }
        }
    }
}
