package io.karyoflow.launcher.data;

import io.karyoflow.launcher.progress.JobFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Image files by name, from a folder or a zip archive; sub-folders do not count as part of a name. */
public final class Images {
    /** {@code 9.png} before {@code 10.png}. */
    public static final Comparator<String> BY_NAME =
            Comparator.comparingInt(Images::leadingNumber).thenComparing(Comparator.naturalOrder());

    private final Path source;
    private final SortedMap<String, String> locations;

    private Images(Path source, SortedMap<String, String> locations) {
        this.source = source;
        this.locations = locations;
    }

    /** The images in {@code <folder>/<name>/} or {@code <folder>/<name>.zip}, whichever is there. */
    public static Optional<Images> in(Path folder, String name) {
        Path directory = folder.resolve(name);
        Path archive = folder.resolve(name + ".zip");
        try {
            if (Files.isDirectory(directory)) {
                return Optional.of(ofFolder(directory));
            }
            return Files.isRegularFile(archive) ? Optional.of(ofArchive(archive)) : Optional.empty();
        } catch (IOException e) {
            throw new JobFailure("cannot read the images of " + name + " in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static Images ofFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return new Images(
                    folder, byName(folder, files.filter(Files::isRegularFile).map(file -> folder.relativize(file)
                            .toString())));
        }
    }

    private static Images ofArchive(Path archive) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            return new Images(
                    archive,
                    byName(
                            archive,
                            zip.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName)));
        }
    }

    private static SortedMap<String, String> byName(Path source, Stream<String> locations) {
        SortedMap<String, String> byName = new TreeMap<>(BY_NAME);
        locations.filter(Images::isNoLeftover).forEach(location -> {
            String other = byName.put(lastPart(location), location);
            if (other != null) {
                throw new JobFailure(
                        source + " has two files of the same name: " + other + " and " + location + "; rename one");
            }
        });
        return byName;
    }

    /** Archivers and desktops leave files behind that nobody means. */
    private static boolean isNoLeftover(String location) {
        return !location.startsWith("__MACOSX/")
                && !lastPart(location).startsWith(".")
                && !lastPart(location).equals("Thumbs.db");
    }

    private static String lastPart(String location) {
        return location.substring(Math.max(location.lastIndexOf('/'), location.lastIndexOf('\\')) + 1);
    }

    private static int leadingNumber(String name) {
        int digits = 0;
        while (digits < Math.min(9, name.length()) && Character.isDigit(name.charAt(digits))) {
            digits++;
        }
        return digits == 0 ? Integer.MAX_VALUE : Integer.parseInt(name, 0, digits, 10);
    }

    public int count() {
        return locations.size();
    }

    public List<String> names() {
        return List.copyOf(locations.keySet());
    }

    /** @throws JobFailure if there is no such image, or it cannot be read */
    public byte[] read(String name) {
        return read(List.of(name)).get(name);
    }

    /** Reads several at once, which spares opening an archive for each. */
    public Map<String, byte[]> read(List<String> names) {
        Map<String, byte[]> images = new TreeMap<>(BY_NAME);
        forEach(names, images::put);
        return images;
    }

    /** Reads one after the other, so that they need not fit into memory together. */
    public void forEach(List<String> names, Visitor visitor) {
        try {
            if (Files.isDirectory(source)) {
                for (String name : names) {
                    visitor.visit(name, Files.readAllBytes(source.resolve(locations.get(name))));
                }
                return;
            }
            try (ZipFile zip = new ZipFile(source.toFile())) {
                for (String name : names) {
                    try (InputStream input = zip.getInputStream(zip.getEntry(locations.get(name)))) {
                        visitor.visit(name, input.readAllBytes());
                    }
                }
            }
        } catch (IOException e) {
            throw new JobFailure("cannot read an image of " + source + ": " + e.getMessage(), e);
        }
    }

    /** Gets an image's name and encoded bytes. */
    public interface Visitor {
        void visit(String name, byte[] bytes) throws IOException;
    }
}
