package io.karyoflow.ingest.dataset;

import io.karyoflow.common.database.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs imports on worker threads, and begins again what was interrupted: by a stop or crash at the next start, by an outage
 * of the database when it is back.
 */
public final class RunImports implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunImports.class);
    private static final int STOP_SECONDS = 10;

    /** What ends the process that imports it, out of memory for example, would do so at every start. */
    private static final int MOST_ATTEMPTS = 3;

    private final ImportDataset importDataset;
    private final Datasets datasets;
    private final Duration retryInterval;
    private final ScheduledExecutorService workers;
    private final Set<String> begun = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    public RunImports(ImportDataset importDataset, Datasets datasets, int concurrency, Duration retryInterval) {
        this.importDataset = importDataset;
        this.datasets = datasets;
        this.retryInterval = retryInterval;
        // what comes while it stops is noted already, and begins at the next start
        this.workers = new ScheduledThreadPoolExecutor(
                concurrency, task -> new Thread(task, "import"), new ThreadPoolExecutor.DiscardPolicy());
    }

    /** An id for a new data set; its uploaded files may be stored under it before it is submitted. */
    public static String newId() {
        return UUID.randomUUID().toString();
    }

    /**
     * Notes the request and returns; poll {@link Datasets#find} for what becomes of it. If it cannot be noted, uploaded files
     * are deleted.
     *
     * @throws StoreUnavailableException if it cannot be noted just now
     */
    public void submit(String id, ImportRequest request) {
        try {
            datasets.add(id, request);
        } catch (RuntimeException e) {
            deleteUpload(request);
            throw e;
        }
        workers.execute(() -> run(id, request));
    }

    public void resume() {
        datasets.unfinished().forEach((id, request) -> workers.execute(() -> run(id, request)));
    }

    private void run(String id, ImportRequest request) {
        // two instances that start at once must not both begin the same import again
        try (Datasets.Claim claim = datasets.claim(id).orElse(null)) {
            if (claim != null) {
                runClaimed(id, request);
                return;
            }
        } catch (StoreUnavailableException e) {
            LOG.warn("import of {} begins again when the database is back: {}", id, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("import of {} was given up", id, e);
            return;
        }
        workers.schedule(() -> run(id, request), retryInterval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void runClaimed(String id, ImportRequest request) {
        if (stopping) {
            return;
        }
        boolean finishedBefore = !datasets.unfinished().containsKey(id);
        if (finishedBefore || runUnfinished(id, request)) {
            deleteUpload(request);
        }
    }

    /** False if it was interrupted, and begins again at the next start. */
    private boolean runUnfinished(String id, ImportRequest request) {
        try {
            if (!begun.add(id)) {
                datasets.survived(id); // an outage came in between, and no end of this process
            } else if (datasets.attempts(id) >= MOST_ATTEMPTS) {
                throw new IOException("its import has ended this process " + MOST_ATTEMPTS
                        + " times; give it more memory or split it");
            }
            if (!request.source().isThere()) {
                throw new IOException("its files are gone (" + request.source().csv() + ", "
                        + request.source().images() + "); import it again");
            }
            importDataset.run(id, request);
            LOG.info("import of {} ({}) ended: {}", id, request.name(), stateOf(id));
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            if (stopping) {
                LOG.info("import of {} was interrupted and begins again at the next start", id);
                Thread.interrupted(); // the database is still to be told
                datasets.survived(id);
                return false;
            }
            if (e instanceof StoreUnavailableException outage) {
                throw outage; // nothing is wrong with the import
            }
            LOG.error("import of {} failed", id, e);
            datasets.failed(id, e.getMessage() == null ? e.toString() : e.getMessage());
        }
        return true;
    }

    private String stateOf(String id) {
        return datasets.find(id).map(dataset -> dataset.state().name()).orElse("gone");
    }

    private static void deleteUpload(ImportRequest request) {
        try {
            request.source().deleteIfUploaded();
        } catch (IOException e) {
            LOG.warn("uploaded files could not be deleted: {}", e.toString());
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
