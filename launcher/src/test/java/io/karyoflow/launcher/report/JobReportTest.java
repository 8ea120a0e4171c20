package io.karyoflow.launcher.report;

import static io.karyoflow.launcher.report.FinishedJob.study;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.launcher.answers.DeadLetter;
import io.karyoflow.launcher.report.JobReport.Counts;
import io.karyoflow.launcher.study.StudyResult;
import io.karyoflow.launcher.study.StudyResults;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobReportTest {
    @TempDir
    Path folder;

    @Test
    void theReportIsOfWhatIsInServiceAndHasTheOthersToo() {
        StudyResult convNet = study("convnet", true, 0.8);
        StudyResult better = study("mobilenetv2", true, 0.9);
        StudyResult worse = study("mobilenetv2", false, 0.7);

        JobReport promoted = FinishedJob.report(folder, StudyResults.of(convNet, better));
        assertThat(promoted.study().architecture()).isEqualTo("mobilenetv2");
        assertThat(promoted.bestTrial().validation().macroF1()).isEqualTo(0.9);
        assertThat(promoted.otherNetworks()).singleElement().satisfies(other -> {
            assertThat(other.study().architecture()).isEqualTo("convnet");
            assertThat(other.study().trialList()).hasSize(3);
            assertThat(other.bestTrial().perClass()).hasSize(2);
        });

        JobReport kept = FinishedJob.report(folder, StudyResults.of(convNet, worse));
        assertThat(kept.study().architecture()).isEqualTo("convnet");
        assertThat(kept.otherNetworks())
                .singleElement()
                .satisfies(other -> assertThat(other.study().promotionReason()).isEqualTo("mobilenetv2 was judged"));

        assertThat(FinishedJob.report(folder, StudyResults.of(convNet)).otherNetworks())
                .isEmpty();
    }

    @Test
    void whateverIsMissingIsAShortcoming() {
        assertThat(report(new Counts(10, 10, 0, 9, 9, 0), Map.of(), List.of(), Map.of())
                        .shortcomings())
                .isEmpty();
        assertThat(report(
                                new Counts(10, 8, 0, 9, 6, 1),
                                Map.of("x.png", "the file is empty"),
                                List.of(new DeadLetter(
                                        "prediction-requests-dead-letter", "k", "7.png", "no label", "trainer")),
                                Map.of("pretrainedStudy", "it ended without a model"))
                        .shortcomings())
                .containsExactly(
                        "pretrainedStudy failed: it ended without a model",
                        "2 prediction requests were not answered",
                        "3 attributions are missing",
                        "1 dead letters, for example of 7.png on prediction-requests-dead-letter: no label (trainer)",
                        "x.png has no label: the file is empty");
    }

    private static JobReport report(
            Counts counts, Map<String, String> refused, List<DeadLetter> deadLetters, Map<String, String> failures) {
        return new JobReport(
                null, null, null, List.of(), counts, null, refused, Map.of(), deadLetters, Map.of(), failures);
    }
}
