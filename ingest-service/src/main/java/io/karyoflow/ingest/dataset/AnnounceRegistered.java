package io.karyoflow.ingest.dataset;

import io.karyoflow.common.message.DatasetRegistered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces every data set that is registered but not known to be announced: after an import, after a start (a crash may
 * have come in between), and now and then (Kafka may have been away). A data set may be announced twice, with the same
 * message; its topic is compacted.
 */
public final class AnnounceRegistered implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(AnnounceRegistered.class);

    private final Datasets datasets;
    private final AnnounceDataset announceDataset;

    public AnnounceRegistered(Datasets datasets, AnnounceDataset announceDataset) {
        this.datasets = datasets;
        this.announceDataset = announceDataset;
    }

    /** Throws nothing: what fails is tried again with the next run. */
    @Override
    public synchronized void run() {
        try {
            for (DatasetRegistered registration : datasets.unannounced()) {
                announceDataset.announce(registration);
                datasets.announced(registration.datasetId());
            }
        } catch (RuntimeException e) {
            LOG.warn("a registered data set could not be announced, will be tried again: {}", e.toString());
        }
    }
}
