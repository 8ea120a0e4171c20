package io.karyoflow.launcher.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.launcher.data.JobData;
import io.karyoflow.launcher.job.Explained;
import io.karyoflow.launcher.job.StreamImages.Streamed;
import io.karyoflow.launcher.job.StudyResults;
import io.karyoflow.launcher.progress.JobFailure;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Writes the results that a job has so far into its output folder. */
public final class WriteResults {
    private final Path out;

    public WriteResults(Path out) {
        this.out = out;
    }

    /** @throws JobFailure if a file cannot be written */
    public void write(
            JobReport report, JobData data, StudyResults studies, Streamed streamed, List<Explained> explained) {
        try {
            Files.createDirectories(out);
            Files.write(
                    out.resolve("report.json"),
                    MessageJson.mapper()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .writeValueAsBytes(report));
            WriteLabels.write(out.resolve("labels.csv"), data, streamed.predictions());
            WriteAttributions.write(out.resolve("attributions"), explained);
            if (Fonts.areThere()) {
                writePng("curves.png", DrawCurves.of(studies));
                writePng("confusion-matrix.png", DrawConfusionMatrix.of(studies));
            }
        } catch (IOException e) {
            throw new JobFailure("cannot write results to " + out + ": " + e, e);
        }
    }

    private void writePng(String name, BufferedImage image) throws IOException {
        ImageIO.write(image, "png", out.resolve(name).toFile());
    }
}
