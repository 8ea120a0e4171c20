package io.karyoflow.trainer.evaluation;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * The one number that logits are divided by so that probabilities fit what is seen (Guo et al., 2017): the temperature
 * with the least mean cross entropy. It changes no label.
 *
 * <p>Where no image is wrong, the lower the temperature, the less the loss, and stored models would say of every image that no
 * mistake is possible. So there one image more counts, which looks like the others but may be of any class: probabilities are
 * then as high as so many right ones allow, whatever the network says (as Platt, Probabilistic Outputs for Support Vector
 * Machines, 1999, does to his labels).
 */
public final class TemperatureScaling {
    private static final double LOWEST = Math.log(0.05);
    private static final double HIGHEST = Math.log(20);
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final double PRECISION = 1e-6;

    private TemperatureScaling() {}

    /**
     * @return from 0.05 to 20; the ends where the best lies beyond, as for labels that are all wrong; 1 if there are no
     *     images
     */
    public static double fit(Predictions predictions) {
        if (predictions.size() == 0) {
            return 1;
        }
        DoubleUnaryOperator loss = anyIsWrong(predictions)
                ? predictions::meanCrossEntropy
                : temperature -> predictions.meanCrossEntropy(temperature)
                        + predictions.meanCrossEntropyOfAnyLabel(temperature) / predictions.size();
        return Math.exp(minimum(logTemperature -> loss.applyAsDouble(Math.exp(logTemperature))));
    }

    private static boolean anyIsWrong(Predictions predictions) {
        return IntStream.range(0, predictions.size())
                .anyMatch(image -> predictions.predicted(image) != predictions.label(image));
    }

    /** Golden section: the loss falls to one lowest point and rises again, since it is convex in 1 / T. */
    private static double minimum(DoubleUnaryOperator loss) {
        double low = LOWEST;
        double high = HIGHEST;
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double lossLeft = loss.applyAsDouble(left);
        double lossRight = loss.applyAsDouble(right);
        while (high - low > PRECISION) {
            if (lossLeft < lossRight) {
                high = right;
                right = left;
                lossRight = lossLeft;
                left = high - GOLDEN * (high - low);
                lossLeft = loss.applyAsDouble(left);
            } else {
                low = left;
                left = right;
                lossLeft = lossRight;
                right = low + GOLDEN * (high - low);
                lossRight = loss.applyAsDouble(right);
            }
        }
        return (low + high) / 2;
    }
}
