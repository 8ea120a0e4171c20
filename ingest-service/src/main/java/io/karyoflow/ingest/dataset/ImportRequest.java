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

    /** What is announced of a data set must fit into a record: one that is too large would hold up those after it. */
    private static final int LONGEST_NAME = 200;

    /** @throws IllegalArgumentException if the name is blank, a name is too long, or the classes cannot be told apart */
    public ImportRequest {
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("name must have 1 to " + LONGEST_NAME + " characters");
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
            if (className.length() > LONGEST_NAME) {
                throw new IllegalArgumentException("the class name '" + className.substring(0, 20)
                        + "...' has more than " + LONGEST_NAME + " characters");
            }
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
