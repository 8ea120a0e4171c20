package io.karyoflow.ingest.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.ingest.dataset.split.SplitRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeleteStrayUploadsTest {
    private static final Instant NOW = Instant.parse("2026-01-03T00:00:00Z");
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(2));

    @TempDir
    Path uploads;

    private final FakeDatasets datasets = new FakeDatasets();

    @Test
    void whatACrashHasLeftIsDeletedAndNothingElse() throws Exception {
        Path stray = upload(RunImports.newId(), LONG_AGO);
        String unfinished = RunImports.newId();
        Path wanted = upload(unfinished, LONG_AGO);
        datasets.add(unfinished, request(wanted));
        Path arriving = upload(RunImports.newId(), NOW.minusSeconds(60));
        Path half = write(uploads.resolve("incoming/half"), LONG_AGO);
        Path underWay = write(uploads.resolve("incoming/under-way"), NOW.minusSeconds(60));
        Path theirs = upload("not ours", LONG_AGO);

        new DeleteStrayUploads(uploads, datasets, Clock.fixed(NOW, ZoneOffset.UTC)).run();

        assertThat(stray).doesNotExist();
        assertThat(half).doesNotExist();
        assertThat(wanted.resolve("upload.csv")).exists();
        assertThat(arriving.resolve("upload.csv")).exists();
        assertThat(underWay).exists();
        assertThat(theirs.resolve("upload.csv")).exists();
    }

    @Test
    void whatAnotherInstanceMovesMeanwhileKeepsNothingElse() throws Exception {
        Path half = write(uploads.resolve("incoming/half"), LONG_AGO);
        Path stray = upload(RunImports.newId(), LONG_AGO);

        new DeleteStrayUploads(uploads, datasets, new ClockThatDeletes(half)).run();

        assertThat(stray).doesNotExist();
    }

    /** Whoever asks for the time finds a file gone that was there before. */
    private static final class ClockThatDeletes extends Clock {
        private final Path file;

        private ClockThatDeletes(Path file) {
            this.file = file;
        }

        @Override
        public Instant instant() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return NOW;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private Path upload(String id, Instant changed) throws IOException {
        Path folder = uploads.resolve(id);
        write(folder.resolve("upload.csv"), changed);
        Files.setLastModifiedTime(folder, FileTime.from(changed));
        return folder;
    }

    private static Path write(Path file, Instant changed) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "Filename,Label\n");
        return Files.setLastModifiedTime(file, FileTime.from(changed));
    }

    private static ImportRequest request(Path folder) {
        return new ImportRequest(
                "test",
                new ImportSource(folder.resolve("upload.csv"), folder.resolve("upload.zip"), true),
                List.of("a", "b"),
                OnError.REJECT,
                SplitRequest.folds(2, 0));
    }
}
