package io.karyoflow.trainer.evaluation;

import java.util.Comparator;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/**
 * Images in two parts of the same size and the same mixture of classes, as far as numbers are even.
 *
 * @param second empty if there is but one image
 */
record Halves(Predictions first, Predictions second) {

    /** The images class by class, those of one class in the order they were added in, go to the two parts in turn. */
    static Halves of(Predictions predictions) {
        int[] byClass = IntStream.range(0, predictions.size())
                .boxed()
                .sorted(Comparator.comparingInt(predictions::label))
                .mapToInt(Integer::intValue)
                .toArray();
        return new Halves(predictions.of(everySecond(byClass, 0)), predictions.of(everySecond(byClass, 1)));
    }

    private static int[] everySecond(int[] images, int from) {
        return IntStream.iterate(from, position -> position < images.length, position -> position + 2)
                .map(position -> images[position])
                .toArray();
    }

    /**
     * The measure of both parts, averaged by their sizes.
     *
     * @param measure of predictions at a temperature
     */
    double mean(
            ToDoubleBiFunction<Predictions, Double> measure, double temperatureForFirst, double temperatureForSecond) {
        double sum = first.size() * measure.applyAsDouble(first, temperatureForFirst);
        if (second.size() > 0) {
            sum += second.size() * measure.applyAsDouble(second, temperatureForSecond);
        }
        return sum / (first.size() + second.size());
    }
}
