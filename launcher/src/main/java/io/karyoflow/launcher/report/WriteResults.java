package io.karyoflow.launcher.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.launcher.answers.Explained;
import io.karyoflow.launcher.answers.StreamImages.Streamed;
import io.karyoflow.launcher.data.JobData;
import io.karyoflow.launcher.progress.JobFailure;
import io.karyoflow.launcher.study.StudyResults;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Writes the results that a job has so far into its output folder. */
public final class WriteResults {
    private static final String REPORT = "report.json";
    private static final String LABELS = "labels.csv";
    private static final String CURVES = "curves.png";
    private static final String CONFUSION_MATRIX = "confusion-matrix.png";
    private static final String ATTRIBUTIONS = "attributions";

    private final Path out;

    public WriteResults(Path out) {
        this.out = out;
    }

    /**
     * Nobody shall take the results of an earlier job for those of one that has not come so far.
     *
     * @throws JobFailure if a file cannot be deleted
     */
    public void deleteEarlier() {
        try {
            for (String name : List.of(REPORT, LABELS, CURVES, CONFUSION_MATRIX)) {
                Files.deleteIfExists(out.resolve(name));
            }
            WriteAttributions.deletePictures(out.resolve(ATTRIBUTIONS));
        } catch (IOException e) {
            throw new JobFailure("cannot delete the results of an earlier job in " + out + ": " + e, e);
        }
    }

    /** @throws JobFailure if a file cannot be written */
    public void write(
            JobReport report, JobData data, StudyResults studies, Streamed streamed, List<Explained> explained) {
        try {
            Files.createDirectories(out);
            Files.write(
                    out.resolve(REPORT),
                    MessageJson.mapper()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .writeValueAsBytes(report));
            WriteLabels.write(out.resolve(LABELS), data, streamed.predictions());
            WriteAttributions.write(out.resolve(ATTRIBUTIONS), explained);
            if (Fonts.areThere()) {
                writePng(CURVES, DrawCurves.of(studies));
                writePng(CONFUSION_MATRIX, DrawConfusionMatrix.of(studies));
            }
        } catch (IOException e) {
            throw new JobFailure("cannot write results to " + out + ": " + e, e);
        }
    }

    private void writePng(String name, BufferedImage image) throws IOException {
        ImageIO.write(image, "png", out.resolve(name).toFile());
    }
}
