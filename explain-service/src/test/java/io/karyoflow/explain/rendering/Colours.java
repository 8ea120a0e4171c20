package io.karyoflow.explain.rendering;

/** Colours as people see them: CIE L*a*b* under daylight, and as colour-blind people see them. */
final class Colours {
    private Colours() {}

    /**
     * Machado, Oliveira, Fernandes: A Physiologically-based Model for Simulation of Color Vision Deficiency (2009), at full
     * severity: matrices for linear RGB.
     */
    enum Blindness {
        PROTANOPIA(0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998),
        DEUTERANOPIA(0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881),
        TRITANOPIA(1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900);

        private final double[] matrix;

        Blindness(double... matrix) {
            this.matrix = matrix;
        }

        int seen(int rgb) {
            double[] linear = linear(rgb);
            int seen = 0;
            for (int row = 0; row < 3; row++) {
                double value =
                        matrix[3 * row] * linear[0] + matrix[3 * row + 1] * linear[1] + matrix[3 * row + 2] * linear[2];
                seen = seen << 8 | encoded(value);
            }
            return seen;
        }
    }

    /** L*, 0 black to 100 white. */
    static double lightness(int rgb) {
        return lab(rgb)[0];
    }

    /** CIE76: the distance in L*a*b*. */
    static double difference(int one, int other) {
        double[] a = lab(one);
        double[] b = lab(other);
        return Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
    }

    private static double[] lab(int rgb) {
        double[] c = linear(rgb);
        double x = root((0.4124564 * c[0] + 0.3575761 * c[1] + 0.1804375 * c[2]) / 0.95047);
        double y = root(0.2126729 * c[0] + 0.7151522 * c[1] + 0.0721750 * c[2]);
        double z = root((0.0193339 * c[0] + 0.1191920 * c[1] + 0.9503041 * c[2]) / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double root(double t) {
        return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }

    private static double[] linear(int rgb) {
        double[] linear = new double[3];
        for (int i = 0; i < 3; i++) {
            double c = (rgb >> (16 - 8 * i) & 255) / 255.0;
            linear[i] = c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
        }
        return linear;
    }

    private static int encoded(double linear) {
        double c = Math.max(0, Math.min(1, linear));
        return (int) Math.round(255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * Math.pow(c, 1 / 2.4) - 0.055));
    }
}
