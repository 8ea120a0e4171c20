package io.karyoflow.launcher.system;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How to start the system.
 *
 * @param home the repository, where the services are built
 * @param logs folder for one log a process
 * @param importRoot below it ingest may read data sets; absent for a fresh folder, into which it can generate some
 * @param properties configuration for each service beyond what it needs to find the others
 * @param infrastructureCrashes whether Kafka and PostgreSQL are to be crashed
 */
public record SystemSettings(
        Path home,
        Path logs,
        Optional<Path> importRoot,
        Map<Service, Map<String, String>> properties,
        boolean infrastructureCrashes) {

    public SystemSettings(
            Path home, Path logs, Optional<Path> importRoot, Map<Service, Map<String, String>> properties) {
        this(home, logs, importRoot, properties, false);
    }

    /** Of one service. */
    Map<String, String> propertiesOf(Service service) {
        return properties.getOrDefault(service, Map.of());
    }
}
