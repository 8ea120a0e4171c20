package io.karyoflow.ingest.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.karyoflow.ingest.truth.GivenTruth.Place;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TruthTableTest {
    @Test
    void nucleiAreNamedByTheirRequests() {
        TruthTable table = read("\uFEFFRequestId, Label\n\"a,1\",muscle\n\nb, cancer \n");

        assertThat(table.truths())
                .containsExactly(
                        new GivenTruth(2, "a,1", null, "muscle", false), new GivenTruth(4, "b", null, "cancer", false));
        assertThat(table.namesPlaces()).isFalse();
    }

    @Test
    void nucleiAreNamedByTheirPlaces() {
        TruthTable table = read("sampled,x,y,slide,label\nTRUE,-1,12345678901,7,muscle\n,1,2,8,cancer\n");

        assertThat(table.truths())
                .containsExactly(
                        new GivenTruth(2, null, new Place("7", -1, 12345678901L), "muscle", true),
                        new GivenTruth(3, null, new Place("8", 1, 2), "cancer", false));
        assertThat(table.namesPlaces()).isTrue();
    }

    @Test
    void rowsThatCannotBeReadDoNotKeepTheOthersOut() {
        TruthTable table = read("slide,x,y,label,sampled\n"
                + "7,1,2,muscle,yes\n"
                + "7,left,2,muscle\n"
                + ",1,2,muscle\n"
                + "7,1,2,,\n"
                + "7,1,2,muscle,false\n");

        assertThat(table.truths()).hasSize(1);
        assertThat(table.rows()).isEqualTo(5);
        assertThat(table.problems())
                .containsExactly(
                        new RowProblem(2, "sampled is 'yes'; it must be true or false"),
                        new RowProblem(3, "x is 'left'; it must be a whole number of pixels"),
                        new RowProblem(4, "the row has no slide"),
                        new RowProblem(5, "the row has no label"));
    }

    @Test
    void aHeaderThatIsNotKnownIsRefusedWithWhatToWrite() {
        for (String header : List.of(
                "",
                "requestId",
                "slide,x,label",
                "requestId,label,sampeld",
                "requestId,label,label",
                "requestId;label",
                "requestId,filename,slide,x,y,label,className")) {
            assertThatIllegalArgumentException()
                    .as(header)
                    .isThrownBy(() -> read(header + "\na,b,c,d\n"))
                    .withMessageContaining("the first line must be requestId,label or slide,x,y,label");
        }
    }

    @Test
    void whatIsNoTableIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("requestId,label\n"))
                .withMessageContaining("no rows");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("requestId,label\na,\"muscle\n"))
                .withMessageContaining("quote");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TruthTable.read("requestId,label\nä,b\n".getBytes(StandardCharsets.ISO_8859_1)))
                .withMessageContaining("UTF-8");
    }

    @Test
    void moreRowsThanMemoryIsSetAsideForAreRefused() {
        String most = "requestId,label\n" + "a,muscle\n".repeat(TruthTable.MOST_ROWS);

        assertThat(read(most).rows()).isEqualTo(TruthTable.MOST_ROWS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(most + "a\n"))
                .withMessageContaining("more than 100000 rows")
                .withMessageContaining("several parts");
    }

    private static TruthTable read(String csv) {
        return TruthTable.read(csv.getBytes(StandardCharsets.UTF_8));
    }
}
