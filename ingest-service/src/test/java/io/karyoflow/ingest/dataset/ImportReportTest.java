package io.karyoflow.ingest.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.MessageJson;
import io.karyoflow.ingest.dataset.Problem.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportReportTest {
    @Test
    void manyProblemsOfOneKindDoNotHideTheOthers() {
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            problems.add(new Problem(i + ".png", Kind.FILE_WITHOUT_ROW, "r"));
        }
        problems.add(new Problem("cut.png", Kind.TRUNCATED, "r"));

        ImportReport report = ImportReport.of(problems, 3, List.of());

        assertThat(report.problems()).extracting(Problem::file).containsExactly("0.png", "1.png", "2.png", "cut.png");
        assertThat(report.problemCount()).isEqualTo(51);
        assertThat(report.countsByKind()).isEqualTo(Map.of(Kind.FILE_WITHOUT_ROW, 50, Kind.TRUNCATED, 1));
    }

    @Test
    void aReportFromBeforeThereWereWarningsHasNone() {
        String stored = "{\"problems\": [], \"problemCount\": 0, \"countsByKind\": {}}";

        assertThat(MessageJson.read(stored, ImportReport.class)).isEqualTo(ImportReport.EMPTY);
    }
}
