package io.karyoflow.common.image;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What colours are usual in some tissue: mean and standard deviation of the optical density -ln(pixel / 255), black taken
 * for 1, of red, green and blue over all pixels of all its images. Two slides of the same tissue differ in them by how they
 * were cut, stained and scanned, and to bring them together is to bring the colours together (Reinhard et al., Color
 * Transfer between Images, 2001).
 *
 * @param mean [3], 0 to 5.6
 * @param deviation [3], 0 to 2.8
 */
public record ColourStatistics(float[] mean, float[] deviation) {
    /** Numbers of one of these: means, then deviations. */
    public static final int NUMBERS = 6;

    /** About what haematoxylin and eosin look like on a well stained slide: to this, other slides are brought. */
    public static final ColourStatistics USUAL =
            new ColourStatistics(new float[] {0.5f, 0.5f, 0.5f}, new float[] {0.3f, 0.3f, 0.3f});

    private static final int COLOURS = NUMBERS / 2;

    public ColourStatistics {
        if (mean.length != COLOURS || deviation.length != COLOURS) {
            throw new IllegalArgumentException("mean and deviation are of red, green and blue, not of " + mean.length
                    + " and " + deviation.length + " colours");
        }
    }

    /** Of one image by itself. */
    public static ColourStatistics of(RgbImage image) {
        ColourSums sums = new ColourSums();
        sums.add(image);
        return sums.statistics();
    }

    /** Reads six numbers, as {@link #copyTo} writes them, from {@code from} on. */
    public static ColourStatistics of(FloatBuffer numbers, int from) {
        float[] mean = new float[COLOURS];
        float[] deviation = new float[COLOURS];
        numbers.get(from, mean);
        numbers.get(from + COLOURS, deviation);
        return new ColourStatistics(mean, deviation);
    }

    /** @param numbers six, as {@link #numbers} gives them */
    public static ColourStatistics of(List<Float> numbers) {
        if (numbers.size() != NUMBERS) {
            throw new IllegalArgumentException(numbers + " are not " + NUMBERS + " numbers");
        }
        FloatBuffer buffer = FloatBuffer.allocate(NUMBERS);
        numbers.forEach(buffer::put);
        return of(buffer, 0);
    }

    /** The six numbers: means, then deviations, each of red, green and blue. */
    public List<Float> numbers() {
        return Stream.of(mean, deviation)
                .flatMap(three -> Stream.of(three[0], three[1], three[2]))
                .toList();
    }

    /** Writes the six numbers to {@code target} from {@code offset} on. */
    public void copyTo(float[] target, int offset) {
        System.arraycopy(mean, 0, target, offset, COLOURS);
        System.arraycopy(deviation, 0, target, offset + COLOURS, COLOURS);
    }

    /** The six numbers, separated by commas, such that {@link #parse} gives the same statistics again. */
    public String format() {
        return numbers().stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** @throws IllegalArgumentException if it is not six numbers separated by commas, each finite and at least 0 */
    public static ColourStatistics parse(String text) {
        String[] parts = text.split(",");
        float[] numbers = new float[NUMBERS];
        boolean valid = parts.length == NUMBERS;
        for (int i = 0; valid && i < NUMBERS; i++) {
            numbers[i] = number(parts[i]);
            valid = numbers[i] >= 0 && numbers[i] < Float.POSITIVE_INFINITY;
        }
        if (!valid) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "'%s' is not %d numbers from 0, separated by commas", text, NUMBERS));
        }
        return of(FloatBuffer.wrap(numbers), 0);
    }

    private static float number(String text) {
        try {
            return Float.parseFloat(text);
        } catch (NumberFormatException e) {
            return Float.NaN;
        }
    }
}
