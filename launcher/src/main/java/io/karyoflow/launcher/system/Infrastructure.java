package io.karyoflow.launcher.system;

import io.karyoflow.embedded.EmbeddedKafka;
import io.karyoflow.embedded.EmbeddedPostgresql;
import io.karyoflow.embedded.Folders;
import io.karyoflow.launcher.progress.JobFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;

/**
 * Kafka and PostgreSQL, started side by side. They can be closed at any time: what is still starting by then is waited
 * for, and nothing of them stays.
 */
final class Infrastructure implements AutoCloseable {
    private final Path work;
    private final CompletableFuture<EmbeddedKafka> kafka;
    private final CompletableFuture<EmbeddedPostgresql> postgresql;

    private Infrastructure(
            Path work, CompletableFuture<EmbeddedKafka> kafka, CompletableFuture<EmbeddedPostgresql> postgresql) {
        this.work = work;
        this.kafka = kafka;
        this.postgresql = postgresql;
    }

    /**
     * Returns at once.
     *
     * @param work what they store; deleted when they are closed, with all else that is in it
     */
    static Infrastructure start(Path work, Path logs) {
        return start(work, logs, EmbeddedKafka::start, EmbeddedPostgresql::start);
    }

    /** The same for such as are to crash; what they store stays if this JVM is killed. */
    static Infrastructure startToCrash(Path work, Path logs) {
        return start(work, logs, EmbeddedKafka::startToCrash, EmbeddedPostgresql::startToCrash);
    }

    private static Infrastructure start(
            Path work,
            Path logs,
            BiFunction<Path, Path, EmbeddedKafka> kafka,
            BiFunction<Path, Path, EmbeddedPostgresql> postgresql) {
        return new Infrastructure(
                work,
                CompletableFuture.supplyAsync(() -> kafka.apply(work.resolve("kafka"), logs.resolve("kafka.log"))),
                CompletableFuture.supplyAsync(
                        () -> postgresql.apply(work.resolve("postgresql"), logs.resolve("postgresql.log"))));
    }

    Path work() {
        return work;
    }

    /** @throws JobFailure if it has not started */
    EmbeddedKafka kafka() {
        return started(kafka);
    }

    /** @throws JobFailure if it has not started */
    EmbeddedPostgresql postgresql() {
        return started(postgresql);
    }

    private static <T> T started(CompletableFuture<T> starting) {
        try {
            return starting.join();
        } catch (CompletionException e) {
            throw new JobFailure(e.getCause().getMessage(), e.getCause());
        }
    }

    @Override
    public void close() {
        kafka.thenAccept(started -> started.process().requestStop());
        ended(postgresql.thenAccept(EmbeddedPostgresql::close));
        ended(kafka.thenAccept(EmbeddedKafka::close));
        try {
            Folders.delete(work);
        } catch (IOException | UncheckedIOException e) {
            // somebody still writes there; the folder is among the temporary ones, which do not stay for ever
        }
    }

    /** What could not be started has stopped itself. */
    private static void ended(CompletableFuture<Void> stopping) {
        stopping.exceptionally(notStarted -> null).join();
    }
}
