package io.karyoflow.explain.attribution;

import java.util.Locale;

/** What a noise tunnel makes of the maps of noisy copies: Captum's {@code nt_type}. */
public enum NoiseType {
    /** Their mean, E[M]. */
    SMOOTHGRAD {
        @Override
        double of(double mean, double meanSquare) {
            return mean;
        }
    },
    /** The mean of their squares, E[M^2]: all that matters is positive. */
    SMOOTHGRAD_SQ {
        @Override
        double of(double mean, double meanSquare) {
            return meanSquare;
        }
    },
    /** Their variance, E[M^2] - E[M]^2: where noise changes the map most. */
    VARGRAD {
        @Override
        double of(double mean, double meanSquare) {
            return Math.max(0, meanSquare - mean * mean);
        }
    };

    abstract double of(double mean, double meanSquare);

    /** As Captum names it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
