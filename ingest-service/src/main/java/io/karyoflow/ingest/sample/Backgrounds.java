package io.karyoflow.ingest.sample;

import static io.karyoflow.ingest.sample.Draw.between;
import static io.karyoflow.ingest.sample.Draw.chance;

import java.util.Random;

/** Cytoplasm, fibres, stroma and empty glass between the nuclei. */
final class Backgrounds {
    private static final double MIDDLE = TissuePainter.SIZE / 2.0;

    private Backgrounds() {}

    /** @param direction of fibres, or from the base of an epithelium to its lumen; in radians */
    static void paint(Tissue tissue, Canvas canvas, double direction, Random random) {
        Canvas.Background background =
                switch (tissue) {
                    case NORMAL_EPITHELIAL -> columnarEpithelium(direction, random);
                    case CANCER_EPITHELIAL -> solidSheet(random);
                    case MUSCLE -> wavyFibres(direction, random);
                    case IMMUNE_LEUKOCYTE -> looseStroma(random);
                };
        canvas.fill(background);
        if (tissue == Tissue.NORMAL_EPITHELIAL) {
            drawGobletVacuoles(canvas, direction, random);
        }
    }

    /** A band of cytoplasm with faint borders between cells, glass above it and stroma below. */
    private static Canvas.Background columnarEpithelium(double direction, Random random) {
        Noise noise = new Noise(random.nextLong());
        Canvas.Background stroma = looseStroma(random);
        double cos = StrictMath.cos(direction);
        double sin = StrictMath.sin(direction);
        double lumen = between(random, 18, 34);
        double base = -between(random, 9, 13);
        double cellWidth = between(random, 10.5, 13);
        double haematoxylin = between(random, 0.14, 0.32);
        double eosin = between(random, 0.35, 0.65);
        return (x, y, dyes) -> {
            double up = (x - MIDDLE) * cos + (y - MIDDLE) * sin + 1.5 * noise.at(x / 12, y / 12);
            double along = (y - MIDDLE) * cos - (x - MIDDLE) * sin;
            if (up < base) {
                stroma.paint(x, y, dyes);
            } else if (up > lumen) {
                dyes[0] = 0.02;
                dyes[1] = 0.03;
            } else {
                double grain = 1 + 0.3 * noise.at(x / 4, y / 4);
                double border = StrictMath.exp(-8 * (1 + StrictMath.cos(2 * Math.PI * along / cellWidth)));
                dyes[0] = haematoxylin * grain;
                dyes[1] = eosin * grain + 0.18 * border;
            }
        };
    }

    private static void drawGobletVacuoles(Canvas canvas, double direction, Random random) {
        for (int i = random.nextInt(4); i > 0; i--) {
            double up = between(random, 11, 20);
            double along = between(random, -30, 30);
            double halfWidth = between(random, 3, 5.5);
            NucleusShape vacuole = NucleusShape.oval(
                    MIDDLE + up * StrictMath.cos(direction) - along * StrictMath.sin(direction),
                    MIDDLE + up * StrictMath.sin(direction) + along * StrictMath.cos(direction),
                    halfWidth * 1.4,
                    halfWidth,
                    direction,
                    0.05,
                    random);
            canvas.clear(vacuole, 0, between(random, 0.5, 0.85));
        }
    }

    /** Crowded cells without order; dirty purple cytoplasm, here and there a cleft. */
    private static Canvas.Background solidSheet(Random random) {
        Noise noise = new Noise(random.nextLong());
        double haematoxylin = between(random, 0.2, 0.42);
        double eosin = between(random, 0.35, 0.7);
        double cleft = chance(random, 0.4) ? between(random, 0.3, 0.5) : 2;
        return (x, y, dyes) -> {
            double grain = 1 + 0.4 * noise.at(x / 5, y / 5);
            double tissue = noise.at(x / 17 + 50, y / 17) > cleft ? 0.08 : 1;
            dyes[0] = haematoxylin * grain * tissue;
            dyes[1] = eosin * grain * tissue;
        };
    }

    /** Strands along the direction, dense in eosin, with thin clefts. */
    private static Canvas.Background wavyFibres(double direction, Random random) {
        Noise strands = new Noise(random.nextLong());
        Noise waves = new Noise(random.nextLong());
        double cos = StrictMath.cos(direction);
        double sin = StrictMath.sin(direction);
        double wave = between(random, 1, 4);
        double width = between(random, 2, 4);
        double haematoxylin = between(random, 0.05, 0.2);
        double eosin = between(random, 0.45, 0.95);
        double cleft = between(random, 0.45, 0.9);
        return (x, y, dyes) -> {
            double along = x * cos + y * sin;
            double across = y * cos - x * sin + wave * waves.at(along / 22, 0.3);
            double strand = strands.at(along / 26, across / width);
            double tissue = strand > cleft ? 0.2 : 1;
            dyes[0] = haematoxylin * tissue * (1 + 0.4 * strand);
            dyes[1] = eosin * tissue * (1 + 0.35 * strand);
        };
    }

    /** Pale collagen in a net, glass between. */
    private static Canvas.Background looseStroma(Random random) {
        Noise net = new Noise(random.nextLong());
        double haematoxylin = between(random, 0.05, 0.2);
        double eosin = between(random, 0.2, 0.6);
        double gaps = between(random, -0.1, 0.6);
        return (x, y, dyes) -> {
            double thickness = Math.max(0.06, Math.min(1, 0.5 + 2 * (gaps - net.at(x / 8, y / 8))));
            double grain = 1 + 0.35 * net.at(x / 2.5 + 90, y / 2.5);
            dyes[0] = haematoxylin * thickness * grain;
            dyes[1] = eosin * thickness * grain;
        };
    }
}
