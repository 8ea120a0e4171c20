package io.karyoflow.explain.rendering;

/**
 * Colours for normalised values: straight lines in RGB between evenly spaced colours. In each map 0 is white, like the
 * paper, and lightness (CIE L*) falls evenly with the magnitude, so that lightness alone tells how much a pixel matters,
 * on a grey print too. Blue and orange stay apart with every kind of colour blindness (red and green, Captum's colours, do
 * not); orange is what speaks for the target and blue what speaks against it in every picture.
 */
enum ColourMap {
    /** -1 blue (against), 0 white, 1 orange (for); equal magnitudes are equally light. */
    DIVERGING(-1, 0x0441B3, 0x0D71E2, 0x4FA4FB, 0xA5D3FD, 0xFFFFFF, 0xF2C79B, 0xE68A29, 0xB45D06, 0x7E3603),
    /** 0 white, 1 dark orange: the upper half of {@link #DIVERGING}. */
    FOR(0, 0xFFFFFF, 0xF2C79B, 0xE68A29, 0xB45D06, 0x7E3603),
    /** 0 white, 1 dark blue: the lower half of {@link #DIVERGING}. */
    AGAINST(0, 0xFFFFFF, 0xA5D3FD, 0x4FA4FB, 0x0D71E2, 0x0441B3),
    /** 0 white, over pink and magenta, 1 dark violet: magnitudes that say neither for nor against. */
    MAGNITUDE(0, 0xFFFFFF, 0xF8B5A7, 0xE26387, 0xA21B89, 0x49016B);

    private final float lowest;
    private final int[] colours;

    ColourMap(float lowest, int... colours) {
        this.lowest = lowest;
        this.colours = colours;
    }

    static ColourMap of(Sign sign) {
        return switch (sign) {
            case ALL -> DIVERGING;
            case POSITIVE -> FOR;
            case NEGATIVE -> AGAINST;
            case ABSOLUTE_VALUE -> MAGNITUDE;
        };
    }

    /** The value at the left end of its scale bar: -1 or 0. */
    float lowest() {
        return lowest;
    }

    /**
     * @param value from {@link #lowest} to 1; what lies outside has the colour of the end
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
