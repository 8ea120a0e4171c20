package io.karyoflow.trainer;

import io.karyoflow.common.image.RgbImage;
import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.DatasetRegistered.OffsetRange;
import io.karyoflow.common.message.DatasetRegistered.Split;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.common.message.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Pictures that a network learns in seconds: a dark disc, a pale disc or stripes on noisy pink. */
public final class TinyNuclei {
    public static final List<String> CLASSES = List.of("dark", "pale", "striped");
    public static final int FOLDS = 3;

    private TinyNuclei() {}

    /** Labels and folds go round, so that each fold has its share of each class. */
    public static List<LabelledImage> images(String dataset, int count, int side) {
        return IntStream.range(0, count)
                .mapToObj(number -> image(dataset, number, side, side))
                .toList();
    }

    public static LabelledImage image(String dataset, int number, int height, int width) {
        int label = number % CLASSES.size();
        byte[] png = png(draw(label, height, width, new Random(number)));
        int fold = number / CLASSES.size() % FOLDS;
        return new LabelledImage(
                Sha256.of(png), dataset, "nucleus-" + number + ".png", label, fold, null, "image/png", png);
    }

    /** The same image, but of this group. */
    public static LabelledImage ofGroup(LabelledImage image, String group) {
        return new LabelledImage(
                image.id(),
                image.dataset(),
                image.filename(),
                image.label(),
                image.fold(),
                group,
                image.contentType(),
                image.bytes());
    }

    public static DatasetRegistered registration(String dataset, int images, List<OffsetRange> ranges) {
        return new DatasetRegistered(
                dataset,
                "tiny",
                CLASSES,
                images,
                List.of(),
                List.of(),
                null,
                new Split(Split.Kind.STRATIFIED, 0, FOLDS, null),
                ranges,
                Instant.EPOCH);
    }

    public static RgbImage draw(int label, int height, int width, Random random) {
        byte[] rgb = new byte[height * width * 3];
        double radius = Math.min(height, width) * (0.25 + 0.1 * random.nextDouble());
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean inside = Math.hypot(y - height / 2.0, x - width / 2.0) < radius;
                int shade = !inside ? 190 : label == 0 ? 60 : label == 1 ? 240 : x / 2 % 2 == 0 ? 60 : 240;
                rgb[at++] = noisy(shade, random);
                rgb[at++] = noisy(shade * 3 / 4, random);
                rgb[at++] = noisy(shade * 7 / 8, random);
            }
        }
        return new RgbImage(height, width, rgb);
    }

    private static byte noisy(int value, Random random) {
        return (byte) Math.max(0, Math.min(255, value + random.nextInt(41) - 20));
    }

    private static byte[] png(RgbImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image.toBufferedImage(), "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
