package io.karyoflow.ingest.sample;

import static io.karyoflow.ingest.sample.Draw.between;

import java.util.Random;

/** The four classes, in the order of their labels: how a nucleus of each looks. Lengths are in pixels of the patch. */
enum Tissue {
    /** elongated oval, regular, pale, with fine chromatin and a thin membrane */
    NORMAL_EPITHELIAL {
        @Override
        NucleusShape shape(double x, double y, double direction, Random random) {
            double halfWidth = between(random, 3.9, 5.2);
            return NucleusShape.oval(
                    x,
                    y,
                    halfWidth * between(random, 1.3, 1.8),
                    halfWidth,
                    direction + random.nextGaussian() * 0.14,
                    between(random, 0.0, 0.05),
                    random);
        }

        @Override
        Chromatin chromatin(Random random) {
            return new Chromatin(
                    between(random, 0.4, 0.8), between(random, 0.3, 0.6), 1.3, between(random, 0.35, 0.9), 0);
        }
    },
    /** large, irregular, of any size, with coarse chromatin and prominent nucleoli */
    CANCER_EPITHELIAL {
        @Override
        NucleusShape shape(double x, double y, double direction, Random random) {
            double halfWidth = between(random, 5.2, 8.4);
            return NucleusShape.oval(
                    x,
                    y,
                    halfWidth * between(random, 1.05, 1.7),
                    halfWidth,
                    direction + random.nextGaussian() * 0.9,
                    between(random, 0.12, 0.24),
                    random);
        }

        @Override
        Chromatin chromatin(Random random) {
            int nucleoli = random.nextInt(15) == 0 ? 0 : 1 + random.nextInt(3);
            return new Chromatin(
                    between(random, 0.5, 1.1),
                    between(random, 0.45, 0.85),
                    between(random, 2.4, 3.4),
                    between(random, 0.15, 0.5),
                    nucleoli);
        }
    },
    /** a thin spindle along its fibre */
    MUSCLE {
        @Override
        NucleusShape shape(double x, double y, double direction, Random random) {
            double halfWidth = between(random, 1.9, 3.4);
            // one in ten is cut across its fibre and looks short
            double elongation = random.nextInt(10) == 0 ? between(random, 1.7, 2.4) : between(random, 2.5, 4.8);
            return NucleusShape.spindle(
                    x,
                    y,
                    Math.min(halfWidth * elongation, 13),
                    halfWidth,
                    direction + random.nextGaussian() * 0.1,
                    between(random, -1.4, 1.4),
                    random);
        }

        @Override
        Chromatin chromatin(Random random) {
            return new Chromatin(
                    between(random, 0.55, 1.25), between(random, 0.2, 0.5), 1.5, between(random, 0.0, 0.3), 0);
        }
    },
    /** small, round, dark */
    IMMUNE_LEUKOCYTE {
        @Override
        NucleusShape shape(double x, double y, double direction, Random random) {
            double halfWidth = between(random, 3.2, 4.8);
            return NucleusShape.oval(
                    x,
                    y,
                    halfWidth * between(random, 1.0, 1.2),
                    halfWidth,
                    random.nextDouble() * Math.PI,
                    between(random, 0.01, 0.08),
                    random);
        }

        @Override
        Chromatin chromatin(Random random) {
            return new Chromatin(
                    between(random, 0.75, 1.55), between(random, 0.3, 0.6), 1.8, between(random, 0.0, 0.3), 0);
        }
    };

    /** @param direction of the tissue's long axis at this place, in radians */
    abstract NucleusShape shape(double x, double y, double direction, Random random);

    abstract Chromatin chromatin(Random random);
}
