package io.karyoflow.explain.rendering;

import java.util.Arrays;
import java.util.List;

/**
 * How values become colours: which sign is shown, and from which magnitude on the colour is full. As Captum's {@code
 * visualize_image_attr} has it, the limit is the smallest magnitude up to which the magnitudes shown, sorted and summed,
 * make up 98% of their sum; what lies above is clipped, so that a few outliers do not leave all else pale.
 *
 * @param limit the magnitude with the full colour, in the map's unit; 0 if there is nothing to show
 */
public record Scale(Sign sign, float limit) {
    /** Captum's {@code outlier_perc}. */
    public static final double OUTLIER_PERCENT = 2;

    public Scale {
        if (!(limit >= 0) || Float.isInfinite(limit)) {
            throw new IllegalArgumentException("the limit of a scale must be at least 0, not " + limit);
        }
    }

    public static Scale of(PixelMap map, Sign sign) {
        return across(List.of(map), sign, OUTLIER_PERCENT);
    }

    /** One scale for several maps of the same unit, so that equal colours mean equal values in all of them. */
    public static Scale across(List<PixelMap> maps, Sign sign) {
        return across(maps, sign, OUTLIER_PERCENT);
    }

    /**
     * @param outlierPercent the share of the sum that is clipped, from 0 to less than 100
     * @throws IllegalArgumentException if it is outside that range
     */
    public static Scale across(List<PixelMap> maps, Sign sign, double outlierPercent) {
        if (!(outlierPercent >= 0 && outlierPercent < 100)) {
            throw new IllegalArgumentException(
                    "the percentage of outliers must be from 0 to less than 100, not " + outlierPercent);
        }
        return new Scale(sign, cumulative(sortedMagnitudes(maps, sign), 1 - outlierPercent / 100));
    }

    private static float[] sortedMagnitudes(List<PixelMap> maps, Sign sign) {
        float[] magnitudes =
                new float[maps.stream().mapToInt(map -> map.values().length).sum()];
        int at = 0;
        for (PixelMap map : maps) {
            for (float value : map.values()) {
                magnitudes[at++] = Math.abs(sign.shown(value));
            }
        }
        Arrays.sort(magnitudes);
        return magnitudes;
    }

    private static float cumulative(float[] ascending, double share) {
        double sum = 0;
        for (float magnitude : ascending) {
            sum += magnitude;
        }
        double cumulative = 0;
        for (float magnitude : ascending) {
            cumulative += magnitude;
            if (cumulative >= share * sum) {
                return magnitude;
            }
        }
        return 0;
    }

    /** @return from -1 to 1 for {@link Sign#ALL}, else from 0 to 1; all 0 where the limit is 0 */
    public PixelMap normalise(PixelMap map) {
        float[] normalised = new float[map.values().length];
        for (int i = 0; i < normalised.length; i++) {
            float share = limit == 0 ? 0 : sign.shown(map.values()[i]) / limit;
            normalised[i] = Math.max(-1, Math.min(1, share));
        }
        return new PixelMap(map.height(), map.width(), normalised);
    }
}
