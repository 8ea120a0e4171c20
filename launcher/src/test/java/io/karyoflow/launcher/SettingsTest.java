package io.karyoflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/settings.md} has every setting that a service reads, with its default, and no other. */
class SettingsTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "settings.md");
    private static final Pattern ROW =
            Pattern.compile("^\\| `(karyoflow\\.[^`]+)` \\| ([a-z, ]+) \\| (?:`([^`]*)` )?\\|", Pattern.MULTILINE);
    private static final Pattern PREFIX = Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);

    /** A method without a body, with the annotations before it. */
    private static final Pattern METHOD =
            Pattern.compile("((?:@\\w+(?:\\([^)]*\\))?\\s+)*)([\\w<>, ]+)\\s+(\\w+)\\(\\);");

    private static final Pattern DEFAULT = Pattern.compile("@WithDefault\\(\"([^\"]*)\"\\)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(KARYOFLOW_\\w+)");

    /** @param value the default, empty if there is none */
    private record Setting(String service, String name, String value) implements Comparable<Setting> {
        @Override
        public int compareTo(Setting other) {
            return toString().compareTo(other.toString());
        }
    }

    @Test
    void everySettingIsDocumentedWithItsDefaultAndNoOtherIs() throws IOException {
        TreeSet<Setting> read = new TreeSet<>();
        for (String service : ArchitectureTest.SERVICES) {
            sources(service).forEach(source -> read.addAll(mapped(service, source)));
        }
        // these two are read without a mapping
        read.add(new Setting("trainer", "karyoflow.image.max-pixels", "4194304"));
        read.add(new Setting("tuner", "karyoflow.outbox.every", "1s"));

        TreeSet<Setting> documented = new TreeSet<>();
        ROW.matcher(Files.readString(DOCUMENT)).results().forEach(row -> Stream.of(
                        row.group(2).split(", "))
                .forEach(service ->
                        documented.add(new Setting(service, row.group(1), row.group(3) == null ? "" : row.group(3)))));

        assertThat(read).hasSizeGreaterThan(50);
        assertThat(documented).containsExactlyElementsOf(read);
    }

    @Test
    void whatOnlyTheEnvironmentSetsIsDocumented() throws IOException {
        String document = Files.readString(DOCUMENT);
        for (String service : ArchitectureTest.SERVICES) {
            String properties = Files.readString(
                    Path.of("..", service + "-service", "src", "main", "resources", "application.properties"));
            assertThat(PLACEHOLDER.matcher(properties).results().map(match -> match.group(1)))
                    .as(service)
                    .isNotEmpty()
                    .allMatch(name -> document.contains("`" + name + "`"));
        }
    }

    private static List<String> sources(String service) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("..", service + "-service", "src", "main", "java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(SettingsTest::text)
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Setting> mapped(String service, String source) {
        List<Setting> settings = new ArrayList<>();
        PREFIX.matcher(source).results().forEach(prefix -> METHOD.matcher(
                        COMMENT.matcher(source).replaceAll(""))
                .results()
                .forEach(method -> settings.add(setting(service, prefix.group(1), method))));
        return settings;
    }

    private static Setting setting(String service, String prefix, MatchResult method) {
        String annotations = method.group(1);
        String name = annotations.contains("@WithParentName") ? prefix : prefix + "." + kebab(method.group(3));
        String value = DEFAULT.matcher(annotations)
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElse("");
        return new Setting(service, method.group(2).contains("Map<") ? name + ".*" : name, value);
    }

    private static String kebab(String method) {
        return method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
