package io.karyoflow.tuner.testing;

import io.karyoflow.common.image.Png;
import io.karyoflow.common.validation.PredictionsTable;
import io.karyoflow.common.validation.ValidatedImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.csv.CSVPrinter;

/** Tables as trainers keep them, of images that add up to a confusion matrix. */
public final class PlayedPredictions {
    private PlayedPredictions() {}

    /**
     * Images are called by numbers, from 0, row by row of the matrix; the higher the number, the less confident.
     *
     * @param matrix [C][C], rows true labels; at most 800 images
     */
    public static byte[] table(List<String> classes, int[][] matrix) {
        List<ValidatedImage> images = new ArrayList<>();
        for (int label = 0; label < matrix.length; label++) {
            for (int predicted = 0; predicted < matrix.length; predicted++) {
                for (int count = 0; count < matrix[label][predicted]; count++) {
                    images.add(image(images.size(), label, predicted, matrix.length));
                }
            }
        }
        images.sort(Comparator.comparing((ValidatedImage image) -> image.label() == image.predicted())
                .thenComparing(
                        Comparator.comparingDouble(ValidatedImage::confidence).reversed()));
        return packed(new PredictionsTable(classes), images);
    }

    /** A PNG that no other mistake has. @param number of the mistake, from 1 */
    public static byte[] picture(int number) {
        BufferedImage picture = new BufferedImage(2, 3, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, number);
        return Png.encode(picture);
    }

    private static ValidatedImage image(int number, int label, int predicted, int classes) {
        double confidence = 0.95 - 0.0005 * number;
        double[] probabilities = new double[classes];
        Arrays.fill(probabilities, (1 - confidence) / (classes - 1));
        probabilities[predicted] = confidence;
        return new ValidatedImage("<" + number + ">.png", "slide " + number % 5, label, predicted, probabilities);
    }

    private static byte[] packed(PredictionsTable table, List<ValidatedImage> images) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (CSVPrinter csv = new CSVPrinter(
                new OutputStreamWriter(new GZIPOutputStream(packed), StandardCharsets.UTF_8),
                PredictionsTable.FORMAT)) {
            csv.printRecord(table.header());
            for (ValidatedImage image : images) {
                csv.printRecord(table.row(image));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
