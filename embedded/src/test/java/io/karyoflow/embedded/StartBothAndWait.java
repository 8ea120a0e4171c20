package io.karyoflow.embedded;

import java.nio.file.Path;

/** The JVM that {@link EmbeddedIT} kills. */
final class StartBothAndWait {
    private StartBothAndWait() {}

    public static void main(String[] folders) throws InterruptedException {
        Path data = Path.of(folders[0]);
        Path logs = Path.of(folders[1]);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data.resolve("kafka"), logs.resolve("kafka.log"));
                EmbeddedPostgresql postgresql =
                        EmbeddedPostgresql.start(data.resolve("postgresql"), logs.resolve("postgresql.log"))) {
            System.out.println("started");
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
