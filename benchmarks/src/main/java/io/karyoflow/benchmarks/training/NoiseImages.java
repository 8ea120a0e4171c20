package io.karyoflow.benchmarks.training;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.RgbImage;
import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.DatasetRegistered.Split;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.common.message.Sha256;
import io.karyoflow.trainer.data.DatasetCache;
import io.karyoflow.trainer.data.ImageSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** A data set of noise, 100 x 100 pixels an image: speed does not depend on what is seen. */
final class NoiseImages implements ImageSource {
    static final int SIDE = 100;
    static final List<String> CLASSES = List.of("normal epithelial", "cancer epithelial", "muscle", "immune leukocyte");

    private static final int FOLDS = 5;
    /** About as many as the colon nuclei that the project's accuracy is measured on. */
    static final DatasetRegistered REGISTRATION = new DatasetRegistered(
            "noise",
            "noise",
            CLASSES,
            5000,
            List.of(),
            List.of(),
            null,
            new Split(Split.Kind.STRATIFIED, 0, FOLDS, null),
            List.of(),
            Instant.EPOCH);

    private NoiseImages() {}

    /** @param folder for decoded images; what a run before left there is used again */
    static DatasetCache cacheIn(Path folder) {
        return new DatasetCache(
                folder, new NoiseImages(), new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS), Long.MAX_VALUE);
    }

    @Override
    public void read(DatasetRegistered dataset, ImageReader reader, Runnable stillWanted) throws IOException {
        Random random = new Random(0);
        byte[] rgb = new byte[SIDE * SIDE * 3];
        for (int number = 0; number < dataset.images(); number++) {
            random.nextBytes(rgb);
            byte[] bmp = bmp(rgb);
            reader.accept(new LabelledImage(
                    Sha256.of(bmp),
                    dataset.datasetId(),
                    number + ".bmp",
                    number % CLASSES.size(),
                    number % FOLDS,
                    null,
                    "image/bmp",
                    bmp));
        }
    }

    private static byte[] bmp(byte[] rgb) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new RgbImage(SIDE, SIDE, rgb).toBufferedImage(), "bmp", bytes);
        return bytes.toByteArray();
    }
}
