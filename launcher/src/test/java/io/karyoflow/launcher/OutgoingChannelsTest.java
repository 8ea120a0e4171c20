package io.karyoflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What a channel has sent survives the broker that took it: SmallRye asks the partition's leader alone by default. */
class OutgoingChannelsTest {
    private static final List<String> SERVICES = ArchitectureTest.SERVICES;
    private static final String CONNECTOR = "mp.messaging.connector.smallrye-kafka.";
    private static final String OUTGOING = "mp.messaging.outgoing.";

    @ParameterizedTest
    @FieldSource("SERVICES")
    void waitForAllReplicas(String service) throws IOException {
        Properties settings = settingsOf(service);

        assertThat(outgoing(settings)).allSatisfy(channel -> assertThat(
                        settings.getProperty(OUTGOING + channel + ".acks", settings.getProperty(CONNECTOR + "acks")))
                .as("acks of %s in %s", channel, service)
                .isEqualTo("all"));
    }

    @Test
    void areFound() throws IOException {
        assertThat(outgoing(settingsOf("tuner"))).contains("trial-requests", "trial-stops", "models");
    }

    private static List<String> outgoing(Properties settings) {
        String end = ".connector";
        return settings.stringPropertyNames().stream()
                .filter(name -> name.startsWith(OUTGOING) && name.endsWith(end))
                .map(name -> name.substring(OUTGOING.length(), name.length() - end.length()))
                .toList();
    }

    private static Properties settingsOf(String service) throws IOException {
        Properties settings = new Properties();
        try (Reader file = Files.newBufferedReader(
                Path.of("..", service + "-service", "src", "main", "resources", "application.properties"))) {
            settings.load(file);
        }
        return settings;
    }
}
