package io.karyoflow.ingest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.karyoflow.ingest.truth.GivenTruth;
import io.karyoflow.ingest.truth.RowProblem;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TruthResourceTest {
    private static final String CSV = "requestId,label\na,muscle\n";
    private static final String PLACES = "slide,x,y,label\n7,1,2,muscle\n";

    private final TruthResource resource = new TruthResource(this::store);
    private int underWay;

    @Test
    void noMoreTablesAreInMemoryThanThereIsRoomFor() {
        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(() -> post(CSV))
                .satisfies(problem -> assertThat(problem.getStatusCode()).isEqualTo(503));
        assertThat(underWay).isEqualTo(TruthResource.MOST_AT_ONCE);

        assertThat(post(CSV).stored()).as("those that failed have left").isEqualTo(1);
    }

    @Test
    void whatIsNoTableTakesNoPlace() {
        for (int i = 0; i <= TruthResource.MOST_AT_ONCE; i++) {
            assertThatExceptionOfType(HttpProblem.class)
                    .isThrownBy(() -> post("no table"))
                    .satisfies(problem -> assertThat(problem.getStatusCode()).isEqualTo(422));
        }
    }

    @Test
    void aTableThatIsTooLargeIsRefused() {
        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(() -> post("a".repeat(16 * 1024 * 1024 + 1)))
                .satisfies(problem -> assertThat(problem.getStatusCode()).isEqualTo(413));
    }

    @Test
    void aLabelIsLookedForUpToAThousandPixelsAway() throws IOException {
        underWay = TruthResource.MOST_AT_ONCE; // so that no further table comes

        for (String within : List.of("0", " 1000 ")) {
            assertThat(resource.store(within, null, body(PLACES)).stored()).isEqualTo(1);
        }
        for (String within : List.of("-1", "1001", "far")) {
            assertThatExceptionOfType(HttpProblem.class)
                    .isThrownBy(() -> resource.store(within, null, body(PLACES)))
                    .satisfies(problem -> assertThat(problem.getStatusCode()).isEqualTo(400));
        }
    }

    @Test
    void aNameIsNoLongerThanThatOfAPromotion() {
        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(() -> post("a".repeat(101), CSV))
                .satisfies(problem -> {
                    assertThat(problem.getStatusCode()).isEqualTo(400);
                    assertThat(problem.getDetail()).isEqualTo("by has 101 characters; it must have at most 100");
                });

        underWay = TruthResource.MOST_AT_ONCE; // so that no further table comes
        assertThat(post(" " + "a".repeat(100) + " ", CSV).stored()).isEqualTo(1);
    }

    /** While one table is stored the next one comes, until one is refused. */
    private List<RowProblem> store(List<GivenTruth> truths, int within, String givenBy) {
        if (underWay < TruthResource.MOST_AT_ONCE) {
            underWay++;
            post(CSV);
        }
        return List.of();
    }

    private static InputStream body(String csv) {
        return new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
    }

    private TruthResource.Stored post(String csv) {
        return post(null, csv);
    }

    private TruthResource.Stored post(String by, String csv) {
        try {
            return resource.store(null, by, body(csv));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
