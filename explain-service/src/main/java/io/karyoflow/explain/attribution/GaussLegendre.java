package io.karyoflow.explain.attribution;

/**
 * Nodes and weights that integrate polynomials up to degree 2n-1 from -1 to 1 exactly.
 *
 * <pre>x_i: roots of the Legendre polynomial P_n,   w_i = 2 / ((1 - x_i^2) P_n'(x_i)^2)</pre>
 *
 * The roots are found by Newton's method from Tricomi's approximation cos(pi (i + 3/4) / (n + 1/2)), i from 0.
 * Abramowitz, Stegun: Handbook of Mathematical Functions (1964), 22.7 (recurrence), 25.4.29 (weights).
 */
final class GaussLegendre {

    private GaussLegendre() {}

    /** [n], ascending. */
    static double[] nodes(int n) {
        double[] nodes = new double[n];
        for (int i = 0; i < n; i++) {
            double x = Math.cos(Math.PI * (n - 1 - i + 0.75) / (n + 0.5));
            for (int iteration = 0; iteration < 10; iteration++) {
                Legendre at = Legendre.of(n, x);
                x -= at.value / at.slope;
            }
            nodes[i] = x;
        }
        return nodes;
    }

    /** [n], in the order of the nodes; their sum is 2. */
    static double[] weights(int n) {
        double[] weights = nodes(n);
        for (int i = 0; i < n; i++) {
            double x = weights[i];
            double slope = Legendre.of(n, x).slope;
            weights[i] = 2 / ((1 - x * x) * slope * slope);
        }
        return weights;
    }

    /** P_n(x) and P_n'(x). */
    private record Legendre(double value, double slope) {
        static Legendre of(int n, double x) {
            double previous = 1;
            double value = x;
            for (int k = 2; k <= n; k++) {
                double next = ((2 * k - 1) * x * value - (k - 1) * previous) / k;
                previous = value;
                value = next;
            }
            return new Legendre(value, n * (x * value - previous) / (x * x - 1));
        }
    }
}
