package io.karyoflow.explain.attribution;

import java.util.Arrays;
import java.util.Locale;

/**
 * How an integral from 0 to 1 becomes a sum of n steps: where it is evaluated (alphas) and with which weights (step
 * sizes), as Captum has them; its trapezoids weigh 1/n though they lie 1/(n-1) apart.
 */
public enum IntegrationRule {
    GAUSSLEGENDRE {
        @Override
        double[] alphas(int steps) {
            return Arrays.stream(GaussLegendre.nodes(steps))
                    .map(x -> (1 + x) / 2)
                    .toArray();
        }

        @Override
        double[] stepSizes(int steps) {
            return Arrays.stream(GaussLegendre.weights(steps)).map(w -> w / 2).toArray();
        }
    },
    RIEMANN_LEFT {
        @Override
        double[] alphas(int steps) {
            return evenly(0, 1 - 1.0 / steps, steps);
        }
    },
    RIEMANN_RIGHT {
        @Override
        double[] alphas(int steps) {
            return evenly(1.0 / steps, 1, steps);
        }
    },
    RIEMANN_MIDDLE {
        @Override
        double[] alphas(int steps) {
            return evenly(0.5 / steps, 1 - 0.5 / steps, steps);
        }
    },
    RIEMANN_TRAPEZOID {
        @Override
        double[] alphas(int steps) {
            return evenly(0, 1, steps);
        }

        @Override
        double[] stepSizes(int steps) {
            double[] sizes = super.stepSizes(steps);
            sizes[0] /= 2;
            sizes[steps - 1] /= 2;
            return sizes;
        }
    };

    /** [steps], from 0 to 1. */
    abstract double[] alphas(int steps);

    /** [steps], of which the sum is 1 (trapezoids: 1 - 1/steps). */
    double[] stepSizes(int steps) {
        double[] sizes = new double[steps];
        Arrays.fill(sizes, 1.0 / steps);
        return sizes;
    }

    /** As Captum's argument {@code method} names it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The fewest steps that make sense, as Captum has it. */
    int fewestSteps() {
        return this == GAUSSLEGENDRE ? 1 : 2;
    }

    private static double[] evenly(double from, double to, int steps) {
        double[] points = new double[steps];
        Arrays.setAll(points, i -> from + (to - from) * i / (steps - 1));
        return points;
    }
}
