package io.karyoflow.explain.rendering;

import java.util.Arrays;

/**
 * Brings a map into a range that can be coloured, as Captum's {@code visualize_image_attr} does: the scale is the smallest
 * magnitude up to which magnitudes, sorted and summed, make up 98% of their sum; what lies above is clipped. So a few
 * outliers do not leave all else pale.
 */
final class Normalise {
    private static final double SHARE_OF_SUM = 0.98;

    private Normalise() {}

    /**
     * @param map [height * width], summed over channels
     * @return values from -1 to 1, for {@link Sign#ABSOLUTE_VALUE} from 0 to 1; all 0 if the map is
     */
    static float[] map(float[] map, Sign sign) {
        float[] values = sign == Sign.ABSOLUTE_VALUE ? magnitudes(map) : map.clone();
        float scale = scale(magnitudes(map));
        for (int i = 0; i < values.length; i++) {
            values[i] = scale == 0 ? 0 : Math.max(-1, Math.min(1, values[i] / scale));
        }
        return values;
    }

    private static float scale(float[] magnitudes) {
        Arrays.sort(magnitudes);
        double sum = 0;
        for (float magnitude : magnitudes) {
            sum += magnitude;
        }
        double cumulative = 0;
        for (float magnitude : magnitudes) {
            cumulative += magnitude;
            if (cumulative >= SHARE_OF_SUM * sum) {
                return magnitude;
            }
        }
        return 0; // not a single number: nothing to show
    }

    private static float[] magnitudes(float[] map) {
        float[] magnitudes = new float[map.length];
        for (int i = 0; i < map.length; i++) {
            magnitudes[i] = Math.abs(map[i]);
        }
        return magnitudes;
    }
}
