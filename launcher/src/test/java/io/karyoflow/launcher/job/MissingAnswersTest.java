package io.karyoflow.launcher.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.launcher.answers.DeadLetter;
import io.karyoflow.launcher.answers.ExplainExamples;
import io.karyoflow.launcher.report.JobReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job has to show when not all that it asks for is answered. */
class MissingAnswersTest {
    @TempDir
    Path folder;

    private LabelAndExplainScenario job;

    @BeforeEach
    void twoImagesToLabel() throws IOException {
        job = new LabelAndExplainScenario(folder);
    }

    @Test
    void labelsAreThereBeforeAnythingIsExplainedAndStayWhenThatFails() throws IOException {
        List<String> labelsBefore = new ArrayList<>();
        JobReport report = job.run(request -> {
            labelsBefore.addAll(job.labels());
            return null;
        });

        assertThat(labelsBefore).containsExactly("Filename,Label", "a.png,muscle", "b.png,muscle");
        assertThat(job.labels()).isEqualTo(labelsBefore);
        assertThat(report.shortcomings())
                .singleElement()
                .asString()
                .startsWith("explanation failed: ")
                .contains("refused by the test");
        assertThat(folder.resolve("out/report.json")).content().contains("refused by the test");
    }

    @Test
    void explanationsThatNeverComeAreMissingFromThoseThatDo() throws IOException {
        JobReport report = job.run(request -> {
            String id = job.nextRequestId();
            job.answers.explain(id, id.equals("r1") ? ExplainExamples.METHODS : List.of("saliency"));
            return job.accepted(id);
        });

        assertThat(report.shortcomings()).hasSize(2);
        assertThat(report.shortcomings().get(0))
                .startsWith("explanation failed: nothing has moved for 1 minutes")
                .contains("4 of 6 attributions");
        assertThat(report.shortcomings().get(1)).isEqualTo("2 attributions are missing");
        assertThat(folder.resolve("out/attributions/muscle/a-occlusion.png")).isNotEmptyFile();
        assertThat(folder.resolve("out/attributions/muscle/b-saliency.png")).isNotEmptyFile();
    }

    @Test
    void nobodyWaitsForWhatBecameADeadLetter() throws IOException {
        JobReport report = job.run(request -> {
            String id = job.nextRequestId();
            if (id.equals("r1")) {
                job.answers.explain(id, ExplainExamples.METHODS);
            } else {
                job.answers.deadLetters.add(
                        new DeadLetter("explanation-requests-dead-letter", id, null, "no model", "explain"));
            }
            return job.accepted(id);
        });

        assertThat(report.failures()).isEmpty();
        assertThat(report.shortcomings())
                .contains(
                        "3 attributions are missing",
                        "1 dead letters, for example on explanation-requests-dead-letter: no model (explain)");
    }

    @Test
    void nobodyWaitsForTheLabelOfAnImageThatBecameADeadLetter() throws IOException {
        job.answers.byFilename.remove("a.png");
        job.answers.deadLetters.add(
                new DeadLetter("prediction-requests-dead-letter", "k", "a.png", "too many pixels", "inference"));

        JobReport report = job.run(job::explainAll);

        assertThat(report.failures()).isEmpty();
        assertThat(job.labels()).containsExactly("Filename,Label", "b.png,muscle");
        assertThat(report.shortcomings())
                .containsExactly(
                        "1 prediction requests were not answered",
                        "1 dead letters, for example of a.png on prediction-requests-dead-letter:"
                                + " too many pixels (inference)");
    }

    @Test
    void labelsThatCameAreKeptWhenOneNeverComes() throws IOException {
        job.answers.byFilename.remove("a.png");

        JobReport report = job.run(job::explainAll);

        assertThat(job.labels()).containsExactly("Filename,Label", "b.png,muscle");
        assertThat(report.failures().get("prediction")).contains("1 of 2 labelled");
        assertThat(folder.resolve("out/attributions/muscle/b-saliency.png")).isNotEmptyFile();
    }
}
