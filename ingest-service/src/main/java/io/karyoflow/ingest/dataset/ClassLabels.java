package io.karyoflow.ingest.dataset;

import java.util.List;
import java.util.OptionalInt;

/** Labels as people write them: an index into the classes, or a class's name. */
record ClassLabels(List<String> classes) {

    OptionalInt parse(String label) {
        if (label.matches("\\d{1,9}")) {
            int index = Integer.parseInt(label);
            return index < classes.size() ? OptionalInt.of(index) : OptionalInt.empty();
        }
        for (int index = 0; index < classes.size(); index++) {
            if (classes.get(index).equalsIgnoreCase(label)) {
                return OptionalInt.of(index);
            }
        }
        return OptionalInt.empty();
    }

    /** For messages: what a label may be. */
    String expectation() {
        return "expected 0 to " + (classes.size() - 1) + " or one of: " + String.join(", ", classes);
    }
}
