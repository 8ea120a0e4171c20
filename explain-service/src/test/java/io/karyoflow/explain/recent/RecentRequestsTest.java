package io.karyoflow.explain.recent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecentRequestsTest {
    private final RecentRequests requests = new RecentRequests(3, 100);

    @Test
    void remembersTheNewestFirst() {
        requests.add(request("a", 1));
        requests.add(request("b", 1));

        assertThat(requests.newestFirst()).extracting(RecentRequest::id).containsExactly("b", "a");
        assertThat(requests.find("a"))
                .hasValueSatisfying(found -> assertThat(found.image()).hasSize(1));
        assertThat(requests.find("c")).isEmpty();
    }

    @Test
    void theOldestMakesRoomWhenThereAreTooMany() {
        for (String id : new String[] {"a", "b", "c", "d"}) {
            requests.add(request(id, 1));
        }

        assertThat(requests.newestFirst()).extracting(RecentRequest::id).containsExactly("d", "c", "b");
    }

    @Test
    void theOldestMakeRoomWhenTheirImagesAreTooLarge() {
        requests.add(request("a", 40));
        requests.add(request("b", 40));
        requests.add(request("c", 60));

        assertThat(requests.newestFirst()).extracting(RecentRequest::id).containsExactly("c", "b");
    }

    @Test
    void anImageThatIsTooLargeByItselfPushesNoOtherOut() {
        requests.add(request("a", 40));
        requests.add(request("b", 101));

        assertThat(requests.newestFirst()).extracting(RecentRequest::id).containsExactly("a");
    }

    @Test
    void aRequestSeenAgainIsTheNewestAndCountsOnce() {
        requests.add(request("a", 50));
        requests.add(request("b", 10));
        requests.add(request("a", 60));
        requests.add(request("c", 30));

        assertThat(requests.newestFirst()).extracting(RecentRequest::id).containsExactly("c", "a", "b");
    }

    private static RecentRequest request(String id, int bytes) {
        return new RecentRequest(id, null, new byte[bytes], null, "muscle", 0.9, "m-1", Instant.EPOCH);
    }
}
