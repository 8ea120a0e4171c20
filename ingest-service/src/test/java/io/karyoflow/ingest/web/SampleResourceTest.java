package io.karyoflow.ingest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.karyoflow.ingest.sample.GenerateSample;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleResourceTest {
    @TempDir
    Path root;

    @Test
    void aBodyOfNullIsRefusedWithWhatToSend() {
        SampleResource samples = new SampleResource(new GenerateSample(root));

        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(() -> samples.generate(null))
                .satisfies(problem -> assertThat(problem.getStatusCode()).isEqualTo(422))
                .withMessageContaining("send {}");
    }

    @Test
    void aConflictNamesTheFolderAlsoIfTheRequestDoesNot() throws Exception {
        Files.createDirectories(root.resolve("sample"));
        SampleResource samples = new SampleResource(new GenerateSample(root));

        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(() -> samples.generate(new SampleResource.Body(null, 40, 2, 1L)))
                .satisfies(problem -> assertThat(problem.getStatusCode()).isEqualTo(409))
                .withMessageContaining("a folder 'sample' exists");
    }
}
