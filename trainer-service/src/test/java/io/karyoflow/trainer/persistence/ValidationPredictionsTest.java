package io.karyoflow.trainer.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.validation.ValidatedImage;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ValidationPredictionsTest {
    private static final List<String> CLASSES = List.of("muscle", "other");

    @Test
    void everyImageHasItsRowInTheOrderGiven() {
        byte[] packed = ValidationPredictions.packed(
                        CLASSES,
                        List.of(
                                new ValidatedImage("ü.png", "", 0, 1, new double[] {0.1, 0.9}),
                                new ValidatedImage("a.png", "slide7", 0, 0, new double[] {0.75, 0.25})),
                        1000)
                .orElseThrow();

        UnpackedPredictions table = UnpackedPredictions.of(packed);
        assertThat(table.header())
                .containsExactly("filename", "group", "label", "predicted", "probability", "p(muscle)", "p(other)");
        assertThat(table.rows())
                .extracting(row -> String.join(" ", row.toList()))
                .containsExactly("ü.png  muscle other 0.9 0.1 0.9", "a.png slide7 muscle muscle 0.75 0.75 0.25");
    }

    @Test
    void whatIsTooLargeIsLeftOutAndNotMadeToItsEnd() {
        int[] made = {0};
        Iterable<ValidatedImage> endless = () -> images(made);

        Optional<byte[]> packed = ValidationPredictions.packed(CLASSES, endless, 1000);

        assertThat(packed).isEmpty();
        assertThat(made[0]).isPositive();
    }

    private static Iterator<ValidatedImage> images(int[] made) {
        return IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> {
                    made[0]++;
                    return new ValidatedImage(number + ".png", "", 0, 1, new double[] {0.1, 0.9});
                })
                .iterator();
    }

    /** A tenth of them, to be quick, of which nothing but the names of classes and groups compresses well. */
    @Test
    void twoHundredThousandImagesOfTenClassesAreKept() {
        List<String> classes =
                IntStream.range(0, 10).mapToObj(c -> "class " + c).toList();
        Random random = new Random(1);
        Iterable<ValidatedImage> images = () -> IntStream.range(0, 20_000)
                .mapToObj(number -> {
                    double[] probabilities = random.doubles(10).toArray();
                    String name = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()) + ".png";
                    return new ValidatedImage(
                            name,
                            "slide " + random.nextInt(100),
                            random.nextInt(10),
                            random.nextInt(10),
                            probabilities);
                })
                .iterator();

        assertThat(ValidationPredictions.packed(classes, images, ValidationPredictions.MOST_BYTES / 10))
                .isPresent();
    }
}
