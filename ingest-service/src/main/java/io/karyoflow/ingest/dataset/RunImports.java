package io.karyoflow.ingest.dataset;

import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs imports on worker threads, and begins again at the start what a stop or crash has interrupted. */
public final class RunImports implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunImports.class);
    private static final int STOP_SECONDS = 10;

    private final ImportDataset importDataset;
    private final Datasets datasets;
    private final ExecutorService workers;
    private volatile boolean stopping;

    public RunImports(ImportDataset importDataset, Datasets datasets, int concurrency) {
        this.importDataset = importDataset;
        this.datasets = datasets;
        this.workers = Executors.newFixedThreadPool(concurrency, task -> new Thread(task, "import"));
    }

    /** An id for a new data set; its uploaded files may be stored under it before it is submitted. */
    public static String newId() {
        return UUID.randomUUID().toString();
    }

    /** Notes the request and returns; poll {@link Datasets#find} for what becomes of it. */
    public void submit(String id, ImportRequest request) {
        datasets.add(id, request);
        workers.execute(() -> run(id, request));
    }

    public void resume() {
        datasets.unfinished().forEach((id, request) -> workers.execute(() -> run(id, request)));
    }

    private void run(String id, ImportRequest request) {
        // two instances that start at once must not both begin the same import again
        datasets.claim(id).ifPresent(claim -> {
            try (claim) {
                runClaimed(id, request);
            }
        });
    }

    private void runClaimed(String id, ImportRequest request) {
        boolean finishedByAnother = !datasets.unfinished().containsKey(id);
        if (stopping || finishedByAnother) {
            return;
        }
        try {
            if (!request.source().isThere()) {
                throw new IOException("its files are gone (" + request.source().csv() + ", "
                        + request.source().images() + "); import it again");
            }
            importDataset.run(id, request);
            LOG.info("import of {} ({}) ended: {}", id, request.name(), stateOf(id));
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            if (stopping) {
                LOG.info("import of {} was interrupted and begins again at the next start", id);
                return;
            }
            LOG.error("import of {} failed", id, e);
            datasets.failed(id, e.getMessage() == null ? e.toString() : e.getMessage());
        }
        deleteUpload(request);
    }

    private String stateOf(String id) {
        return datasets.find(id).map(dataset -> dataset.state().name()).orElse("gone");
    }

    private static void deleteUpload(ImportRequest request) {
        try {
            request.source().deleteIfUploaded();
        } catch (IOException e) {
            LOG.warn("uploaded files of an ended import could not be deleted: {}", e.toString());
        }
    }

    @Override
    public void close() {
        stopping = true;
        workers.shutdownNow();
        try {
            workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
