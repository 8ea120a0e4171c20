package io.karyoflow.explain.rendering;

/**
 * Colours for normalised values: straight lines in RGB between evenly spaced colours. Both maps can be read by people with
 * red-green or blue-yellow colour blindness, as lightness tells as much as hue does.
 */
enum ColourMap {
    /** 0 dark violet, over blue and green, 1 yellow: the course of matplotlib's viridis; ever lighter. */
    SEQUENTIAL(0, 0x440154, 0x3B528B, 0x21918C, 0x5EC962, 0xFDE725),
    /** -1 blue (against the class), 0 white, 1 orange (for it); both ends equally dark. */
    DIVERGING(-1, 0x0A4A90, 0x5B9BD5, 0xFFFFFF, 0xF2A154, 0xA34A00);

    private final float lowest;
    private final int[] colours;

    ColourMap(float lowest, int... colours) {
        this.lowest = lowest;
        this.colours = colours;
    }

    static ColourMap of(Sign sign) {
        return switch (sign) {
            case ALL -> DIVERGING;
            case ABSOLUTE_VALUE -> SEQUENTIAL;
        };
    }

    /**
     * @param value from 0 (sequential) or -1 (diverging) to 1; what lies outside has the colour of the end
     * @return 0xRRGGBB
     */
    int rgb(float value) {
        float position = (Math.max(lowest, Math.min(1, value)) - lowest) / (1 - lowest) * (colours.length - 1);
        int from = Math.min((int) position, colours.length - 2);
        float share = position - from;
        return channel(from, share, 16) << 16 | channel(from, share, 8) << 8 | channel(from, share, 0);
    }

    private int channel(int from, float share, int shift) {
        int low = colours[from] >> shift & 255;
        int high = colours[from + 1] >> shift & 255;
        return Math.round(low + share * (high - low));
    }
}
