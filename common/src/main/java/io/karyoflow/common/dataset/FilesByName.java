package io.karyoflow.common.dataset;

import io.karyoflow.common.dataset.ImageFiles.ImageFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the file that a name means. Archives often have a folder on top that the CSV does not know, or the other way round,
 * so a name may be any tail of a file's path, or a file's path any tail of the name.
 */
public final class FilesByName {
    private final Map<String, List<ImageFile>> byTail = new HashMap<>();

    public FilesByName(List<ImageFile> files) {
        for (ImageFile file : files) {
            String path = file.path();
            for (int from = 0; from >= 0; from = next(path, from)) {
                byTail.computeIfAbsent(path.substring(from), tail -> new ArrayList<>(1))
                        .add(file);
            }
        }
    }

    /** @return the files that the name may mean; it is that of a file if there is exactly one */
    public List<ImageFile> candidates(String name) {
        String path = name.replace('\\', '/').replaceFirst("^(\\./)+", "");
        List<ImageFile> tails = byTail.getOrDefault(path, List.of());
        List<ImageFile> exact =
                tails.stream().filter(file -> file.path().equals(path)).toList();
        if (exact.size() == 1) {
            return exact;
        }
        return tails.isEmpty() ? withoutTopFolders(path) : tails;
    }

    /** Files whose whole path the name ends with: {@code slide8/1.png} is not the {@code slide7/1.png} of another slide. */
    private List<ImageFile> withoutTopFolders(String name) {
        return byTail.getOrDefault(name.substring(name.lastIndexOf('/') + 1), List.of()).stream()
                .filter(file -> ("/" + name).endsWith("/" + file.path()))
                .toList();
    }

    private static int next(String path, int from) {
        int slash = path.indexOf('/', from);
        return slash < 0 ? -1 : slash + 1;
    }
}
