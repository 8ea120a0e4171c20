package io.karyoflow.launcher.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.launcher.report.JobReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelAndExplainTest {
    @TempDir
    Path folder;

    private LabelAndExplainScenario job;

    @BeforeEach
    void twoImagesToLabel() throws IOException {
        job = new LabelAndExplainScenario(folder);
    }

    @Test
    void everyExplanationIsWrittenBesideTheLabels() throws IOException {
        JobReport report = job.run(job::explainAll);

        assertThat(report.shortcomings()).isEmpty();
        assertThat(report.doubts()).isEmpty();
        assertThat(job.labels()).containsExactly("Filename,Label", "a.png,muscle", "b.png,muscle");
        assertThat(folder.resolve("out/attributions/muscle/b-saliency.png")).isNotEmptyFile();
    }

    @Test
    void labelsOfImagesThatAreOfAnotherSizeAreWrittenAndDoubted() throws IOException {
        job.answers.byFilename.put("b.png", RecordedAnswers.labelled("muscle", "the image is small"));

        JobReport report = job.run(job::explainAll);

        assertThat(job.labels()).containsExactly("Filename,Label", "a.png,muscle", "b.png,muscle");
        assertThat(report.shortcomings()).isEmpty();
        assertThat(report.doubts()).contains("1 labels may be wrong, for example that of b.png: the image is small");
        assertThat(folder.resolve("out/report.json")).content().contains("the image is small");
    }

    @Test
    void imagesGoThroughTheSystemAsThoseOfTheirSlides() throws IOException {
        Files.createDirectories(folder.resolve("test/slide 1"));
        Files.createDirectories(folder.resolve("test/slide 2"));
        Files.move(folder.resolve("test/a.png"), folder.resolve("test/slide 1/a.png"));
        Files.move(folder.resolve("test/b.png"), folder.resolve("test/slide 2/b.png"));
        job.answers.byFilename.put("unlabelled/slide 1/a.png", job.answers.byFilename.remove("a.png"));
        job.answers.byFilename.put("unlabelled/slide 2/b.png", job.answers.byFilename.remove("b.png"));
        List<String> asked = new ArrayList<>();

        JobReport report = job.run(request -> {
            asked.add(request);
            return job.explainAll(request);
        });

        assertThat(report.shortcomings()).isEmpty();
        assertThat(job.labels()).containsExactly("Filename,Label", "a.png,muscle", "b.png,muscle");
        assertThat(folder.resolve("scanner/unlabelled/slide 2/b.png")).isNotEmptyFile();
        assertThat(asked)
                .hasSize(2)
                .allMatch(request -> request.contains("slide=unlabelled%2Fslide+"))
                .anyMatch(request -> request.contains("slide+2"));
    }

    @Test
    void trainingImagesAreExplainedByTheNamesOfTheCsvWhereThereAreNoOthers() throws IOException {
        Files.delete(folder.resolve("test/a.png"));
        Files.delete(folder.resolve("test/b.png"));

        JobReport report = job.run(job::explainAll);

        assertThat(report.shortcomings()).isEmpty();
        assertThat(folder.resolve("out/attributions/muscle/slide7_1-saliency.png"))
                .isNotEmptyFile();
    }
}
