package io.karyoflow.launcher.data;

import io.karyoflow.launcher.progress.JobFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Image files in an archive or a folder, found by the same rules as in ingest: a name may be any tail of a file's path, or
 * share its last part; it must mean one file only.
 */
public final class Images {
    /** {@code 9.png} before {@code 10.png}. */
    public static final Comparator<String> BY_NAME =
            Comparator.comparingInt(Images::leadingNumber).thenComparing(Comparator.naturalOrder());

    /** What older archivers write file names in. */
    private static final Charset DOS = Charset.forName("IBM437");

    /** Files that operating systems leave behind. */
    private static final Set<String> LITTER = Set.of("thumbs.db", "desktop.ini");

    private final Path source;
    private final List<String> locations;
    private final Map<String, List<String>> locationsByTail = new HashMap<>();

    private Images(Path source, Stream<String> locations) {
        this.source = source;
        this.locations =
                locations.filter(location -> isPart(withSlashes(location))).toList();
        for (String location : this.locations) {
            String tail = withSlashes(location);
            add(tail, location);
            while (tail.contains("/")) {
                tail = tail.substring(tail.indexOf('/') + 1);
                add(tail, location);
            }
        }
    }

    private void add(String tail, String location) {
        locationsByTail.computeIfAbsent(tail, key -> new ArrayList<>(1)).add(location);
    }

    /** The images in {@code <folder>/<name>.zip} or, if there is none, in {@code <folder>/<name>/}. */
    public static Optional<Images> in(Path folder, String name) {
        Path directory = folder.resolve(name);
        Path archive = folder.resolve(name + ".zip");
        try {
            if (Files.isRegularFile(archive)) {
                return Optional.of(ofArchive(archive));
            }
            return Files.isDirectory(directory) ? Optional.of(ofFolder(directory.toRealPath())) : Optional.empty();
        } catch (IOException e) {
            throw new JobFailure("cannot read the images of " + name + " in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static Images ofFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return new Images(folder, files.filter(Files::isRegularFile).map(file -> folder.relativize(file)
                    .toString()));
        }
    }

    private static Images ofArchive(Path archive) throws IOException {
        try (ZipFile zip = open(archive)) {
            return new Images(
                    archive, zip.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName));
        }
    }

    private static ZipFile open(Path archive) throws IOException {
        try {
            return new ZipFile(archive.toFile(), StandardCharsets.UTF_8);
        } catch (ZipException notUtf8OrNoZip) {
            return new ZipFile(archive.toFile(), DOS);
        }
    }

    private static boolean isPart(String path) {
        return Stream.of(path.split("/")).noneMatch(Images::isHidden)
                && !path.endsWith("/")
                && !LITTER.contains(withoutFolders(path).toLowerCase(Locale.ROOT));
    }

    private static boolean isHidden(String part) {
        return part.equals("__MACOSX") || part.startsWith(".") && !part.equals(".") && !part.equals("..");
    }

    private static String withSlashes(String location) {
        return location.replace('\\', '/');
    }

    static String withoutFolders(String name) {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
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

    /** Without folders. */
    public List<String> names() {
        return locations.stream().map(Images::withoutFolders).sorted(BY_NAME).toList();
    }

    /** @throws JobFailure if two files have the same name in different folders */
    void requireDistinctNames() {
        for (String name : names()) {
            List<String> same = locationsByTail.get(name);
            if (same.size() > 1) {
                throw new JobFailure(source + " has two files of the same name: " + same.get(0) + " and " + same.get(1)
                        + "; rename one");
            }
        }
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

    /**
     * Reads one after the other, so that they need not fit into memory together.
     *
     * @throws JobFailure if a name means no image or several, or one cannot be read
     */
    public void forEach(List<String> names, Visitor visitor) {
        try {
            if (Files.isDirectory(source)) {
                for (String name : names) {
                    visitor.visit(name, Files.readAllBytes(source.resolve(location(name))));
                }
                return;
            }
            try (ZipFile zip = open(source)) {
                for (String name : names) {
                    try (InputStream input = zip.getInputStream(zip.getEntry(location(name)))) {
                        visitor.visit(name, input.readAllBytes());
                    }
                }
            }
        } catch (IOException e) {
            throw new JobFailure("cannot read an image of " + source + ": " + e.getMessage(), e);
        }
    }

    private String location(String name) {
        String path = withSlashes(name).replaceFirst("^(\\./)+", "");
        List<String> found =
                locationsByTail.getOrDefault(path, locationsByTail.getOrDefault(withoutFolders(path), List.of()));
        List<String> exact = found.stream()
                .filter(location -> withSlashes(location).equals(path))
                .toList();
        List<String> meant = exact.isEmpty() ? found : exact;
        if (meant.size() != 1) {
            throw new JobFailure(source + " has " + (meant.isEmpty() ? "no file " : "several files ") + name
                    + "; a name must be that of one file, with as many of its folders as it takes");
        }
        return meant.get(0);
    }

    /** Gets an image's name and encoded bytes. */
    public interface Visitor {
        void visit(String name, byte[] bytes) throws IOException;
    }
}
