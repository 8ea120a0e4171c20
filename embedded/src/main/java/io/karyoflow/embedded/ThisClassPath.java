package io.karyoflow.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * The class path that this JVM really has, for a child JVM: test runners put theirs in another property, or into the
 * manifest of an otherwise empty jar.
 */
final class ThisClassPath {
    private ThisClassPath() {}

    /** @throws IllegalStateException if {@code neededClass} is not on it */
    static String with(String neededClass) {
        Set<Path> entries = new LinkedHashSet<>();
        for (String property : new String[] {"surefire.test.class.path", "java.class.path"}) {
            Arrays.stream(System.getProperty(property, "").split(File.pathSeparator))
                    .filter(entry -> !entry.isBlank())
                    .forEach(entry -> add(Path.of(entry).toAbsolutePath(), entries));
        }
        if (!finds(entries, neededClass.replace('.', '/') + ".class")) {
            throw new IllegalStateException(neededClass
                    + " is not on the class path of this JVM, so no Kafka broker can be started; add kafka_2.13");
        }
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static void add(Path entry, Set<Path> entries) {
        if (!Files.exists(entry) || !entries.add(entry) || Files.isDirectory(entry)) {
            return;
        }
        try (JarFile jar = new JarFile(entry.toFile())) {
            Manifest manifest = jar.getManifest();
            String more = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            if (more != null) {
                for (String relative : more.trim().split("\\s+")) {
                    URI uri = entry.toUri().resolve(relative);
                    if ("file".equals(uri.getScheme())) {
                        add(Path.of(uri), entries);
                    }
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            // not a jar, or a class path entry that is not a file: nothing follows from it
        }
    }

    private static boolean finds(Collection<Path> entries, String resource) {
        URL[] urls = entries.stream().map(ThisClassPath::url).toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(urls, null)) {
            return loader.findResource(resource) != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
