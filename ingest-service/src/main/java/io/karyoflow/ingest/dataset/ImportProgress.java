package io.karyoflow.ingest.dataset;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;

/** How far one import is; written to the database now and then, not for each image. */
final class ImportProgress {
    private final RecordImport recordImport;
    private final String id;
    private final Duration interval;
    private final Clock clock;

    private Integer total;
    private int checked;
    private int published;
    private Instant written = Instant.EPOCH;

    ImportProgress(RecordImport recordImport, String id, Duration interval, Clock clock) {
        this.recordImport = recordImport;
        this.id = id;
        this.interval = interval;
        this.clock = clock;
    }

    void total(int images) {
        total = images;
        write();
    }

    /** @throws CancellationException if this thread is to stop */
    void checked() {
        checked++;
        writeIfDue();
    }

    /** @throws CancellationException if this thread is to stop */
    void published(int images) {
        published = images;
        writeIfDue();
    }

    void write() {
        recordImport.progress(id, checked, published, total);
        written = clock.instant();
    }

    private void writeIfDue() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the import was told to stop");
        }
        if (!clock.instant().isBefore(written.plus(interval))) {
            write();
        }
    }
}
