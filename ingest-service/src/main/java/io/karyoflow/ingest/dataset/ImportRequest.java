package io.karyoflow.ingest.dataset;

import io.karyoflow.ingest.dataset.split.SplitRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * All that an import depends on; stored, so that it can begin again after a crash.
 *
 * @param name what the data set's owner calls it
 * @param source its files
 * @param classes class names by label
 * @param onError what to do with problems
 * @param split how to assign folds
 */
public record ImportRequest(
        String name, ImportSource source, List<String> classes, OnError onError, SplitRequest split) {

    /** @throws IllegalArgumentException if the name is blank, or the classes cannot be told apart */
    public ImportRequest {
        if (name == null || name.isBlank() || name.length() > 200) {
            throw new IllegalArgumentException("name must have 1 to 200 characters");
        }
        if (classes.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("classes holds null where a name is missing");
        }
        classes = classes.stream().map(String::strip).toList();
        if (classes.size() < 2) {
            throw new IllegalArgumentException("classes must name at least 2 classes, in the order of their labels");
        }
        Set<String> distinct = new HashSet<>();
        for (String className : classes) {
            if (className.isEmpty() || className.matches("\\d+")) {
                throw new IllegalArgumentException(
                        "the class name '" + className + "' could be taken for a label; use words");
            }
            if (!distinct.add(className.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("classes names '" + className + "' twice");
            }
        }
    }
}
