package io.karyoflow.trainer.trial;

import io.karyoflow.common.validation.ValidatedImage;
import io.karyoflow.trainer.data.CachedDataset;
import io.karyoflow.trainer.data.SmallPicture;
import io.karyoflow.trainer.data.Split;
import io.karyoflow.trainer.evaluation.Predictions;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a network said of each validation image, made one at a time, since there may be very many: the mistakes first, the
 * most confident ones on top, then what is right, in the order of the filenames.
 */
final class ValidatedImages implements Iterable<ValidatedImage> {
    private final Split split;
    private final Predictions predictions;
    private final double temperature;

    /** @param result of the split's validation images, in their order */
    ValidatedImages(Split split, EpochResult result) {
        this.split = split;
        this.predictions = result.predictions();
        this.temperature = result.report().calibration().temperature();
    }

    private record Mistake(int number, double confidence) {}

    @Override
    public Iterator<ValidatedImage> iterator() {
        return IntStream.concat(mistakes(), numbers().filter(this::right))
                .mapToObj(this::image)
                .iterator();
    }

    /** PNGs of the first images, as far as these are mistakes. @param most that are wanted */
    List<byte[]> picturesOfMistakes(int most) {
        return mistakes()
                .limit(most)
                .mapToObj(number -> SmallPicture.png(split.dataset(), split.validation()[number]))
                .toList();
    }

    private IntStream mistakes() {
        return numbers()
                .filter(number -> !right(number))
                .mapToObj(number -> new Mistake(number, confidence(number)))
                .sorted(Comparator.comparingDouble(Mistake::confidence).reversed())
                .mapToInt(Mistake::number);
    }

    private IntStream numbers() {
        return IntStream.range(0, predictions.size());
    }

    private boolean right(int number) {
        return predictions.predicted(number) == predictions.label(number);
    }

    private double confidence(int number) {
        return predictions.probabilities(number, temperature)[predictions.predicted(number)];
    }

    private ValidatedImage image(int number) {
        CachedDataset dataset = split.dataset();
        int image = split.validation()[number];
        return new ValidatedImage(
                dataset.filename(image),
                dataset.group(image).orElse(""),
                predictions.label(number),
                predictions.predicted(number),
                predictions.probabilities(number, temperature));
    }
}
