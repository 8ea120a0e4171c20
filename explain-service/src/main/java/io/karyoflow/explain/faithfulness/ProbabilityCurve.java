package io.karyoflow.explain.faithfulness;

/**
 * How probable the target is while more and more pixels are changed.
 *
 * @param shares [points] of the pixels that are changed, ascending from 0 to 1
 * @param probabilities [points], 0 to 1
 */
public record ProbabilityCurve(double[] shares, double[] probabilities) {

    /** The area under the curve by the trapezoidal rule, 0 to 1. */
    public double area() {
        double area = 0;
        for (int i = 1; i < shares.length; i++) {
            area += (shares[i] - shares[i - 1]) * (probabilities[i] + probabilities[i - 1]) / 2;
        }
        return area;
    }
}
