package io.karyoflow.explain.rendering;

import java.awt.Color;

/** The colours of a figure, its maps' aside; quiet text has a contrast of 6 to 1 on the paper. */
final class Palette {
    static final Color PAPER = Color.WHITE;
    static final Color INK = new Color(0x1B2430);
    static final Color QUIET = new Color(0x56616F);
    static final Color LINE = new Color(0xC3CAD3);
    static final Color ACCENT = new Color(0x0B5CAD);
    static final Color BAR = new Color(0x9AA5B1);
    static final Color TRACK = new Color(0xE9EDF1);

    private Palette() {}
}
