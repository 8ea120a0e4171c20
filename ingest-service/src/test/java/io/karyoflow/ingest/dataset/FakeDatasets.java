package io.karyoflow.ingest.dataset;

import io.karyoflow.common.database.StoreUnavailableException;
import io.karyoflow.common.message.DatasetRegistered;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Data sets in memory; while it is away, every call is refused, and no claim survives. */
class FakeDatasets implements Datasets {
    private final Map<String, Dataset> datasets = new LinkedHashMap<>();
    private final Map<String, ImportRequest> requests = new LinkedHashMap<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Set<String> claimed = new HashSet<>();
    private final Set<String> announced = new HashSet<>();
    private boolean away;
    private int calls;
    private int refusals;

    synchronized void setAway(boolean away) {
        this.away = away;
        claimed.clear();
    }

    synchronized int refusals() {
        return refusals;
    }

    synchronized int calls() {
        return calls;
    }

    private void answer() {
        calls++;
        if (away) {
            refusals++;
            throw new StoreUnavailableException("away", null);
        }
    }

    /** Also while it is away. */
    synchronized Dataset get(String id) {
        return datasets.get(id);
    }

    boolean isAnnounced(String id) {
        return announced.contains(id);
    }

    @Override
    public synchronized void add(String id, ImportRequest request) {
        answer();
        requests.put(id, request);
        put(id, ImportState.VALIDATING, 0, 0, null, ImportReport.EMPTY, null, null);
    }

    @Override
    public synchronized Optional<Dataset> find(String id) {
        answer();
        return Optional.ofNullable(datasets.get(id));
    }

    @Override
    public synchronized List<Dataset> list() {
        answer();
        return List.copyOf(datasets.values());
    }

    @Override
    public synchronized int count(ImportState state) {
        answer();
        return (int) datasets.values().stream()
                .filter(dataset -> dataset.state() == state)
                .count();
    }

    @Override
    public synchronized List<Dataset> running() {
        answer();
        return datasets.values().stream()
                .filter(dataset ->
                        dataset.state() == ImportState.VALIDATING || dataset.state() == ImportState.PUBLISHING)
                .toList();
    }

    @Override
    public synchronized Map<String, ImportRequest> unfinished() {
        answer();
        Map<String, ImportRequest> unfinished = new LinkedHashMap<>();
        running().forEach(dataset -> unfinished.put(dataset.id(), requests.get(dataset.id())));
        return unfinished;
    }

    @Override
    public synchronized void validating(String id) {
        answer();
        attempts.merge(id, 1, Integer::sum);
        put(id, ImportState.VALIDATING, 0, 0, null, ImportReport.EMPTY, null, null);
    }

    @Override
    public synchronized int attempts(String id) {
        answer();
        return attempts.getOrDefault(id, 0);
    }

    @Override
    public synchronized void survived(String id) {
        answer();
        attempts.computeIfPresent(id, (known, count) -> Math.max(0, count - 1));
    }

    @Override
    public synchronized void progress(String id, int checked, int published, Integer total) {
        answer();
        Dataset now = datasets.get(id);
        put(id, now.state(), checked, published, total, now.report(), null, null);
    }

    @Override
    public synchronized void publishing(String id, ImportReport report) {
        answer();
        Dataset now = datasets.get(id);
        put(id, ImportState.PUBLISHING, now.checked(), now.published(), now.total(), report, null, null);
    }

    @Override
    public synchronized void registered(String id, DatasetRegistered registration) {
        answer();
        Dataset now = datasets.get(id);
        put(id, ImportState.REGISTERED, now.checked(), now.published(), now.total(), now.report(), registration, null);
    }

    @Override
    public synchronized void rejected(String id, ImportReport report, String error) {
        answer();
        Dataset now = datasets.get(id);
        put(id, ImportState.REJECTED, now.checked(), now.published(), now.total(), report, null, error);
    }

    @Override
    public synchronized void failed(String id, String error) {
        answer();
        Dataset now = datasets.get(id);
        put(id, ImportState.FAILED, now.checked(), now.published(), now.total(), now.report(), null, error);
    }

    @Override
    public synchronized List<DatasetRegistered> unannounced() {
        answer();
        return datasets.values().stream()
                .filter(dataset -> dataset.state() == ImportState.REGISTERED && !announced.contains(dataset.id()))
                .map(Dataset::registration)
                .toList();
    }

    @Override
    public synchronized void announced(String id) {
        answer();
        announced.add(id);
    }

    @Override
    public synchronized Optional<Claim> claim(String id) {
        answer();
        return claimed.add(id) ? Optional.of(() -> release(id)) : Optional.empty();
    }

    private synchronized void release(String id) {
        answer();
        claimed.remove(id);
    }

    private void put(
            String id,
            ImportState state,
            int checked,
            int published,
            Integer total,
            ImportReport report,
            DatasetRegistered registration,
            String error) {
        datasets.put(
                id,
                new Dataset(
                        id,
                        requests.get(id).name(),
                        state,
                        checked,
                        published,
                        total,
                        report,
                        registration,
                        error,
                        Instant.EPOCH,
                        null));
    }
}
