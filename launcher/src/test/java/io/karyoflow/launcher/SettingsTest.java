package io.karyoflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/settings.md} has every setting that a service reads, with its default, and no other. */
class SettingsTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "settings.md");
    private static final Pattern ROW =
            Pattern.compile("^\\| `(karyoflow\\.[^`]+)` \\| ([a-z, ]+) \\| (?:`([^`]*)` )?\\|", Pattern.MULTILINE);
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
            ArchitectureTest.BY_SERVICE.get(service).stream()
                    .flatMap(type -> mapped(service, type))
                    .forEach(read::add);
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

    /** What a class reads if it is a mapping, nothing otherwise. */
    private static Stream<Setting> mapped(String service, JavaClass type) {
        return type.tryGetAnnotationOfType("io.smallrye.config.ConfigMapping").stream()
                .flatMap(mapping -> type.getMethods().stream()
                        .filter(method -> method.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(method -> setting(
                                service, mapping.get("prefix").orElseThrow().toString(), method)));
    }

    private static Setting setting(String service, String prefix, JavaMethod method) {
        String name = method.isAnnotatedWith("io.smallrye.config.WithParentName")
                ? prefix
                : prefix + "." + kebab(method.getName());
        String value = method.tryGetAnnotationOfType("io.smallrye.config.WithDefault")
                .flatMap(annotation -> annotation.get("value"))
                .map(Object::toString)
                .orElse("");
        return new Setting(service, method.getRawReturnType().isEquivalentTo(Map.class) ? name + ".*" : name, value);
    }

    private static String kebab(String method) {
        return method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
