package io.karyoflow.benchmarks.serving;

import java.util.Locale;

/**
 * Of one service in one round.
 *
 * @param imagesPerSecond that it labels while requests queue up
 * @param medianMillis from a request that comes alone to its answer
 * @param slowMillis what 19 of 20 of them stay below
 */
record Measurement(double imagesPerSecond, double medianMillis, double slowMillis) {

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.0f images/s; alone %.1f ms, 95 %% within %.1f ms",
                imagesPerSecond,
                medianMillis,
                slowMillis);
    }
}
