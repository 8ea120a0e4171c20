package io.karyoflow.launcher.report;

import static io.karyoflow.launcher.report.FinishedJob.study;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.launcher.study.StudyResults;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareNetworksTest {
    @TempDir
    Path folder;

    @Test
    void theNetworksAreComparedClassByClass() {
        JobReport report = FinishedJob.report(
                folder, StudyResults.of(study("convnet", true, 0.8), study("mobilenetv2", true, 0.9)));

        assertThat(CompareNetworks.lines(report).stream().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "On the same 30 validation images mobilenetv2 convnet",
                        "accuracy 0.900 0.800",
                        "macro F1 0.900 0.800",
                        "F1 of epithelium 0.910 0.810",
                        "F1 of muscle 0.890 0.790",
                        "In service: mobilenetv2",
                        "Promotion of mobilenetv2: mobilenetv2 was judged",
                        "Promotion of convnet: convnet was judged");
        assertThat(CompareNetworks.lines(report).stream().limit(5).map(String::length))
                .as("columns are aligned")
                .containsOnly(CompareNetworks.lines(report).get(0).length());
    }
}
