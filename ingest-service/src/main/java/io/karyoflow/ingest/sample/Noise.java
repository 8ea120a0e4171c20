package io.karyoflow.ingest.sample;

/** Smooth noise over the plane: random values at the corners of a unit grid, eased between them; octaves on top. */
record Noise(long seed) {

    /** Mean 0, mostly within -1 and 1; features are about one unit large. */
    double at(double x, double y) {
        return 0.67 * octave(x, y, 0) + 0.33 * octave(2 * x, 2 * y, 1);
    }

    private double octave(double x, double y, int octave) {
        long left = (long) Math.floor(x);
        long top = (long) Math.floor(y);
        double across = ease(x - left);
        double down = ease(y - top);
        double upper = mix(corner(left, top, octave), corner(left + 1, top, octave), across);
        double lower = mix(corner(left, top + 1, octave), corner(left + 1, top + 1, octave), across);
        return mix(upper, lower, down);
    }

    private double corner(long x, long y, int octave) {
        long hash = seed + x * 0x9E3779B97F4A7C15L + y * 0xC2B2AE3D27D4EB4FL + octave * 0x165667B19E3779F9L;
        hash = (hash ^ hash >>> 32) * 0xD6E8FEB86659FD93L;
        hash = (hash ^ hash >>> 32) * 0xD6E8FEB86659FD93L;
        return ((hash ^ hash >>> 32) & 0xFFFFFF) / (double) 0x800000 - 1;
    }

    private static double ease(double t) {
        return t * t * (3 - 2 * t);
    }

    private static double mix(double a, double b, double t) {
        return a + (b - a) * t;
    }
}
