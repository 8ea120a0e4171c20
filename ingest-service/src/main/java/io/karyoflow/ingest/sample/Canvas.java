package io.karyoflow.ingest.sample;

import java.util.Random;

/** A patch as amounts of the two dyes, at twice the patch's resolution. Positions are in pixels of the patch. */
final class Canvas {
    static final int OVERSAMPLING = 2;

    final int size;
    final double[] haematoxylin;
    final double[] eosin;

    Canvas(int patchSize) {
        size = patchSize * OVERSAMPLING;
        haematoxylin = new double[size * size];
        eosin = new double[size * size];
    }

    /** Dyes at a place: haematoxylin, eosin. */
    @FunctionalInterface
    interface Background {
        void paint(double x, double y, double[] dyes);
    }

    void fill(Background background) {
        double[] dyes = new double[2];
        for (int row = 0, at = 0; row < size; row++) {
            for (int column = 0; column < size; column++, at++) {
                background.paint(position(column), position(row), dyes);
                haematoxylin[at] = Math.max(0, dyes[0]);
                eosin[at] = Math.max(0, dyes[1]);
            }
        }
    }

    /** A nucleus over what is there; where nuclei overlap both are seen, as in a section of some thickness. */
    void draw(NucleusShape shape, Chromatin chromatin, Random random) {
        Noise noise = new Noise(random.nextLong());
        double[][] nucleoli = nucleoli(shape, chromatin.nucleoli(), random);
        int left = cell(shape.x() - shape.reach());
        int right = cell(shape.x() + shape.reach());
        int top = cell(shape.y() - shape.reach());
        int bottom = cell(shape.y() + shape.reach());
        for (int row = Math.max(0, top); row <= Math.min(size - 1, bottom); row++) {
            for (int column = Math.max(0, left); column <= Math.min(size - 1, right); column++) {
                double x = position(column);
                double y = position(row);
                double depth = (1 - shape.radius(x, y)) * shape.halfWidth(); // in pixels, below 0 outside
                double cover = Math.max(0, Math.min(1, 0.5 + depth / 0.9));
                if (cover > 0) {
                    double grain = noise.at(x / chromatin.grainSize(), y / chromatin.grainSize());
                    double amount = chromatin.density()
                            * (1
                                    + chromatin.grain() * grain
                                    + chromatin.rim() * StrictMath.exp(-depth * depth / 1.3)
                                    + dark(nucleoli, x, y));
                    int at = row * size + column;
                    haematoxylin[at] = haematoxylin[at] * (1 - 0.75 * cover) + Math.max(0.1, amount) * cover;
                    eosin[at] *= 1 - 0.6 * cover;
                }
            }
        }
    }

    /** A clear ring around a shape, where the cell has shrunk from its neighbours. */
    void clear(NucleusShape shape, double width, double clarity) {
        for (int row = 0, at = 0; row < size; row++) {
            for (int column = 0; column < size; column++, at++) {
                double outside = (shape.radius(position(column), position(row)) - 1) * shape.halfWidth();
                double cover = clarity * Math.max(0, Math.min(1, (width - outside) / 1.2));
                haematoxylin[at] *= 1 - cover;
                eosin[at] *= 1 - cover;
            }
        }
    }

    /** x, y, radius of each, in pixels. */
    private static double[][] nucleoli(NucleusShape shape, int count, Random random) {
        double[][] nucleoli = new double[count][];
        for (int i = 0; i < count; i++) {
            double around = 2 * Math.PI * random.nextDouble();
            double away = 0.5 * Math.sqrt(random.nextDouble()) * shape.halfWidth();
            nucleoli[i] = new double[] {
                shape.x() + away * StrictMath.cos(around),
                shape.y() + away * StrictMath.sin(around),
                Draw.between(random, 1.1, 1.9)
            };
        }
        return nucleoli;
    }

    private static double dark(double[][] nucleoli, double x, double y) {
        double amount = 0;
        for (double[] nucleolus : nucleoli) {
            double dx = (x - nucleolus[0]) / nucleolus[2];
            double dy = (y - nucleolus[1]) / nucleolus[2];
            amount = Math.max(amount, 1.1 * StrictMath.exp(-(dx * dx + dy * dy)));
        }
        return amount;
    }

    private static double position(int cell) {
        return (cell + 0.5) / OVERSAMPLING;
    }

    private static int cell(double position) {
        return (int) Math.floor(position * OVERSAMPLING);
    }
}
