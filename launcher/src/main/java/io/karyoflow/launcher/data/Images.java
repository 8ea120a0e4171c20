package io.karyoflow.launcher.data;

import io.karyoflow.common.dataset.FilesByName;
import io.karyoflow.common.dataset.ImageFiles;
import io.karyoflow.common.dataset.ImageFiles.ImageFile;
import io.karyoflow.common.dataset.ImageFiles.Listing;
import io.karyoflow.common.dataset.ImageFiles.Refused;
import io.karyoflow.common.dataset.UnusableFileException;
import io.karyoflow.launcher.progress.JobFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Image files in an archive or a folder, found by the same rules as in ingest; opened only while they are read. */
public final class Images {
    /** {@code 9.png} before {@code 10.png}. */
    public static final Comparator<String> BY_NAME =
            Comparator.comparingInt(Images::leadingNumber).thenComparing(Comparator.naturalOrder());

    private final Path source;
    private final List<String> paths;
    private final Map<String, String> slides;

    private Images(Path source, List<String> paths, Map<String, String> slides) {
        this.source = source;
        this.paths = paths;
        this.slides = slides;
    }

    /** The images in {@code <folder>/<name>.zip} or, if there is none, in {@code <folder>/<name>/}. */
    public static Optional<Images> in(Path folder, String name) {
        Path archive = folder.resolve(name + ".zip");
        if (Files.isRegularFile(archive)) {
            return Optional.of(of(archive));
        }
        Path directory = folder.resolve(name);
        return Files.isDirectory(directory) ? Optional.of(of(directory)) : Optional.empty();
    }

    private static Images of(Path source) {
        return whileOpen(source, files -> {
            Listing listing = files.list();
            if (!listing.refused().isEmpty()) {
                Refused refused = listing.refused().get(0);
                throw new JobFailure(source + ": " + refused.path() + ": " + refused.reason());
            }
            return new Images(
                    source, listing.images().stream().map(ImageFile::path).toList(), Map.of());
        });
    }

    private static <T> T whileOpen(Path source, Reading<T> reading) {
        try (ImageFiles files = ImageFiles.open(source)) {
            return reading.of(files);
        } catch (UnusableFileException e) {
            throw new JobFailure(e.getMessage(), e);
        } catch (IOException e) {
            throw new JobFailure("cannot read an image of " + source + ": " + e.getMessage(), e);
        }
    }

    static String withoutFolders(String name) {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }

    /** Without files that the watched folder would leave alone. */
    Images finished() {
        return new Images(
                source,
                paths.stream().filter(path -> !ImageFiles.isUnfinished(path)).toList(),
                slides);
    }

    /** The same images, each known to be of the slide that its folder is called after. */
    Images bySlides() {
        Map<String, String> byName = new HashMap<>();
        String shared = sharedFolder();
        for (String path : paths) {
            String slide = folder(path.substring(shared.length()));
            if (!slide.isEmpty()) {
                byName.put(withoutFolders(path), slide.substring(0, slide.length() - 1));
            }
        }
        return new Images(source, paths, byName);
    }

    /** What archivers put around everything tells no slide from another. */
    private String sharedFolder() {
        return folder(paths.stream()
                .map(Images::folder)
                .reduce(Images::sharedBeginning)
                .orElse(""));
    }

    /** With the slash at its end; empty for a path without a folder. */
    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static String sharedBeginning(String a, String b) {
        int length = 0;
        while (length < Math.min(a.length(), b.length()) && a.charAt(length) == b.charAt(length)) {
            length++;
        }
        return a.substring(0, length);
    }

    private static int leadingNumber(String name) {
        int digits = 0;
        while (digits < Math.min(9, name.length()) && Character.isDigit(name.charAt(digits))) {
            digits++;
        }
        return digits == 0 ? Integer.MAX_VALUE : Integer.parseInt(name, 0, digits, 10);
    }

    public int count() {
        return paths.size();
    }

    /** Without folders. */
    public List<String> names() {
        return paths.stream().map(Images::withoutFolders).sorted(BY_NAME).toList();
    }

    /** The slide that an image is of. */
    public Optional<String> slide(String name) {
        return Optional.ofNullable(slides.get(withoutFolders(name)));
    }

    /** Whether it is known of every image which slide it is of. */
    public boolean nameSlides() {
        return slides.size() == paths.size();
    }

    /** @throws JobFailure if two files have the same name in different folders */
    void requireDistinctNames() {
        Map<String, String> pathsByName = new HashMap<>();
        for (String path : paths) {
            String same = pathsByName.put(withoutFolders(path), path);
            if (same != null) {
                throw new JobFailure(
                        source + " has two files of the same name: " + same + " and " + path + "; rename one");
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
        whileOpen(source, files -> {
            FilesByName byName = new FilesByName(files.list().images());
            for (String name : names) {
                visitor.visit(name, the(byName, name).read(Integer.MAX_VALUE));
            }
            return null;
        });
    }

    private ImageFile the(FilesByName byName, String name) {
        List<ImageFile> candidates = byName.candidates(name);
        if (candidates.size() != 1) {
            throw new JobFailure(source + " has " + (candidates.isEmpty() ? "no file " : "several files ") + name
                    + "; a name must be that of one file, with as many of its folders as it takes");
        }
        return candidates.get(0);
    }

    /** Gets an image's name and encoded bytes. */
    public interface Visitor {
        void visit(String name, byte[] bytes) throws IOException;
    }

    private interface Reading<T> {
        T of(ImageFiles files) throws IOException;
    }
}
