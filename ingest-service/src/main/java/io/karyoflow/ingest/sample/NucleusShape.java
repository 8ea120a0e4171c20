package io.karyoflow.ingest.sample;

import java.util.Random;

/**
 * The outline of a nucleus: |u|^p + |v|^p = 1 in its own axes, its radius varied by a few harmonics around it. With p = 2
 * it is an ellipse, with smaller p a spindle.
 *
 * @param x centre, in pixels of the patch
 * @param y centre, in pixels of the patch
 * @param halfLength along the long axis, in pixels
 * @param halfWidth along the short axis, in pixels
 * @param angle of the long axis, in radians
 * @param power p above
 * @param bend how far the ends lie beside the long axis, in pixels
 * @param harmonics [n] amplitude of the harmonic n + 2, as a share of the radius
 * @param phases [n] its phase, in radians
 */
record NucleusShape(
        double x,
        double y,
        double halfLength,
        double halfWidth,
        double angle,
        double power,
        double bend,
        double[] harmonics,
        double[] phases) {
    private static final double SPINDLE = 1.45;
    private static final double FAR = 3;

    static NucleusShape oval(
            double x, double y, double halfLength, double halfWidth, double angle, double irregularity, Random random) {
        return of(x, y, halfLength, halfWidth, angle, 2, 0, irregularity, random);
    }

    static NucleusShape spindle(
            double x, double y, double halfLength, double halfWidth, double angle, double bend, Random random) {
        return of(x, y, halfLength, halfWidth, angle, SPINDLE, bend, 0.03, random);
    }

    private static NucleusShape of(
            double x,
            double y,
            double halfLength,
            double halfWidth,
            double angle,
            double power,
            double bend,
            double irregularity,
            Random random) {
        double[] harmonics = new double[4];
        double[] phases = new double[4];
        for (int n = 0; n < harmonics.length; n++) {
            harmonics[n] = irregularity * random.nextGaussian() / (1 + 0.5 * n);
            phases[n] = 2 * Math.PI * random.nextDouble();
        }
        return new NucleusShape(x, y, halfLength, halfWidth, angle, power, bend, harmonics, phases);
    }

    /** 0 at the centre, 1 on the outline, more outside. */
    double radius(double px, double py) {
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double u = ((px - x) * cos + (py - y) * sin) / halfLength;
        double v = ((py - y) * cos - (px - x) * sin - bend * u * u) / halfWidth;
        double far = u * u + v * v;
        if (far > FAR) {
            return StrictMath.sqrt(far); // well outside: no need of the exact outline
        }
        double round = 1;
        double around = StrictMath.atan2(v, u);
        for (int n = 0; n < harmonics.length; n++) {
            round += harmonics[n] * StrictMath.cos((n + 2) * around + phases[n]);
        }
        double sum = StrictMath.pow(Math.abs(u), power) + StrictMath.pow(Math.abs(v), power);
        return StrictMath.pow(sum, 1 / power) / Math.max(round, 0.4);
    }

    /** No pixel of it is farther from the centre, in pixels. */
    double reach() {
        return 1.6 * halfLength + Math.abs(bend) + 2;
    }
}
