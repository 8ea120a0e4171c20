package io.karyoflow.explain.recent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last requests that this process explained, in memory only: a convenience for the page, not a record. Bounded by
 * number and by bytes, whichever comes first. Safe for several threads.
 */
public final class RecentRequests {
    public static final int MOST = 50;
    public static final long MOST_BYTES = 32L * 1024 * 1024;

    private final int most;
    private final long mostBytes;
    /** By id, the oldest first. */
    private final Map<String, RecentRequest> requests = new LinkedHashMap<>();

    private long bytes;

    public RecentRequests() {
        this(MOST, MOST_BYTES);
    }

    /**
     * @param most requests, at least 1
     * @param mostBytes of all images together
     */
    RecentRequests(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /** Remembers the request as the newest; the oldest make room for it. One with the same id is replaced. */
    public synchronized void add(RecentRequest request) {
        forget(request.id());
        if (request.image().length > mostBytes) {
            return;
        }
        requests.put(request.id(), request);
        bytes += request.image().length;
        while (requests.size() > most || bytes > mostBytes) {
            forget(requests.keySet().iterator().next());
        }
    }

    public synchronized List<RecentRequest> newestFirst() {
        List<RecentRequest> newestFirst = new ArrayList<>(requests.values());
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    /** Empty if there never was such a request, or it has made room for newer ones. */
    public synchronized Optional<RecentRequest> find(String id) {
        return Optional.ofNullable(requests.get(id));
    }

    private void forget(String id) {
        RecentRequest forgotten = requests.remove(id);
        if (forgotten != null) {
            bytes -= forgotten.image().length;
        }
    }
}
