package io.karyoflow.common.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Images as entries of a zip; read from where they lie, never unpacked to disk. */
final class ImageZip implements ImageFiles {
    /** What older archivers write file names in. */
    private static final Charset DOS = Charset.forName("IBM437");

    private final ZipFile zip;

    private ImageZip(ZipFile zip) {
        this.zip = zip;
    }

    /** @throws UnusableFileException if the file is not a zip, or its directory is cut off or damaged */
    static ImageZip open(Path file) throws IOException, UnusableFileException {
        try {
            return new ImageZip(new ZipFile(file.toFile(), StandardCharsets.UTF_8));
        } catch (ZipException notUtf8OrNoZip) {
            try {
                return new ImageZip(new ZipFile(file.toFile(), DOS));
            } catch (ZipException e) {
                throw new UnusableFileException(
                        file,
                        "not a zip that can be read (" + e.getMessage() + "); pack it again, or check that it was"
                                + " copied whole");
            }
        }
    }

    @Override
    public Listing list() {
        List<ImageFile> images = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        zip.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> {
            String path = entry.getName().replace('\\', '/');
            if (escapes(path)) {
                refused.add(new Refused(
                        entry.getName(), "the entry's path leads out of the archive's folder; it was not read"));
            } else if (!path.endsWith("/") && !ImageFiles.isLitter(path)) {
                images.add(new ImageInZip(path, entry));
            }
        });
        return new Listing(images, refused);
    }

    private static boolean escapes(String path) {
        return path.startsWith("/")
                || path.matches("[A-Za-z]:.*")
                || List.of(path.split("/")).contains("..");
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private final class ImageInZip implements ImageFile {
        private final String path;
        private final ZipEntry entry;

        private ImageInZip(String path, ZipEntry entry) {
            this.path = path;
            this.entry = entry;
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public byte[] read(int limit) throws IOException {
            try (InputStream content = zip.getInputStream(entry)) {
                byte[] bytes = content.readNBytes(limit);
                // ZipFile inflates but does not compare checksums
                if (bytes.length < limit && entry.getCrc() != -1 && entry.getCrc() != checksum(bytes)) {
                    throw new ZipException("its checksum in the archive does not match");
                }
                return bytes;
            }
        }

        private static long checksum(byte[] bytes) {
            CRC32 checksum = new CRC32();
            checksum.update(bytes);
            return checksum.getValue();
        }
    }
}
