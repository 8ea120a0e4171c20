package io.karyoflow.explain.web;

import io.karyoflow.explain.attribution.Target;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Targets as people write them: {@code predicted}, a class by name or index, or the difference of two, {@code a-b}. */
final class TargetName {
    static final String PREDICTED = "predicted";

    private TargetName() {}

    /**
     * @param classes the model's, in order
     * @return empty for the class predicted
     * @throws UnusableRequestException that lists the classes, if the text names none
     */
    static Optional<Target> read(String text, List<String> classes) {
        if (text.equals(PREDICTED)) {
            return Optional.empty();
        }
        return ofClass(text, classes).or(() -> difference(text, classes)).or(() -> {
            throw new UnusableRequestException("unknown target '" + text + "'; it is '" + PREDICTED
                    + "', a class (" + String.join(", ", classes) + "), its index (0 to "
                    + (classes.size() - 1) + "), or a difference of two, such as '" + classes.get(0) + "-"
                    + classes.get(classes.size() - 1) + "'");
        });
    }

    private static Optional<Target> ofClass(String text, List<String> classes) {
        OptionalInt index = index(text, classes);
        return index.isPresent() ? Optional.of(Target.ofClass(index.getAsInt())) : Optional.empty();
    }

    /** Names may have hyphens too: each is tried as the minus. */
    private static Optional<Target> difference(String text, List<String> classes) {
        for (int minus = text.indexOf('-'); minus >= 0; minus = text.indexOf('-', minus + 1)) {
            OptionalInt of = index(text.substring(0, minus), classes);
            OptionalInt than = index(text.substring(minus + 1), classes);
            if (of.isPresent() && than.isPresent() && of.getAsInt() != than.getAsInt()) {
                return Optional.of(Target.difference(of.getAsInt(), than.getAsInt()));
            }
        }
        return Optional.empty();
    }

    private static OptionalInt index(String text, List<String> classes) {
        String name = text.strip();
        for (int i = 0; i < classes.size(); i++) {
            if (classes.get(i).equalsIgnoreCase(name)) {
                return OptionalInt.of(i);
            }
        }
        return IntStream.range(0, classes.size())
                .filter(i -> name.equals(String.valueOf(i)))
                .findFirst();
    }

    /** By indices, as {@link #read} takes them. */
    static String indices(Target target) {
        if (target instanceof Target.Difference difference) {
            return difference.of() + "-" + difference.minus();
        }
        return String.valueOf(((Target.OfClass) target).index());
    }

    static String of(Target target, List<String> classes) {
        if (target instanceof Target.Difference difference) {
            return classes.get(difference.of()) + " rather than " + classes.get(difference.minus());
        }
        return classes.get(((Target.OfClass) target).index());
    }
}
