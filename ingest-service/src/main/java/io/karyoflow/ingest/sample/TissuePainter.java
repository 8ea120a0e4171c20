package io.karyoflow.ingest.sample;

import static io.karyoflow.ingest.sample.Draw.between;
import static io.karyoflow.ingest.sample.Draw.chance;

import io.karyoflow.common.image.RgbImage;
import java.util.Random;

/**
 * Composes a patch: some tissue with its nuclei, and in the middle the nucleus that gives the patch its class. The tissue
 * around is often of another class, so that only the middle tells.
 */
final class TissuePainter {
    static final int SIZE = 64;

    private static final double FOREIGN_SURROUNDINGS = 0.6;
    private static final double STRAY = 0.12;

    private final Random random;
    private final Canvas canvas = new Canvas(SIZE);
    private final double direction;

    private TissuePainter(Random random) {
        this.random = random;
        this.direction = 2 * Math.PI * random.nextDouble();
    }

    /** [64 x 64] pixels; the same for the same state of {@code random}. */
    static RgbImage paint(Tissue tissue, Stain stain, Random random) {
        return new TissuePainter(random).paint(tissue, stain);
    }

    private RgbImage paint(Tissue tissue, Stain stain) {
        Tissue around =
                chance(random, FOREIGN_SURROUNDINGS) ? Tissue.values()[random.nextInt(Tissue.values().length)] : tissue;
        NucleusShape middle = tissue.shape(
                SIZE / 2.0 + 1.2 * random.nextGaussian(), SIZE / 2.0 + 1.2 * random.nextGaussian(), direction, random);
        Backgrounds.paint(around, canvas, direction, random);
        drawNeighbours(around, middle);
        if (tissue == Tissue.IMMUNE_LEUKOCYTE && chance(random, 0.6)) {
            canvas.clear(middle, between(random, 1, 2.2), between(random, 0.3, 0.8));
        }
        canvas.draw(middle, tissue.chromatin(random), random);
        return stain.photograph(canvas, random);
    }

    private void drawNeighbours(Tissue around, NucleusShape middle) {
        switch (around) {
            case NORMAL_EPITHELIAL -> drawRow(middle);
            case CANCER_EPITHELIAL -> scatter(around, middle, between(random, 10, 14), 60, 0);
            case MUSCLE -> scatter(around, middle, between(random, 14, 22), 8, 4);
            case IMMUNE_LEUKOCYTE -> scatter(around, middle, between(random, 9, 14), 60, 0);
        }
    }

    /** Columnar epithelium: nuclei side by side across the direction in which they are long. */
    private void drawRow(NucleusShape middle) {
        double spacing = between(random, 10.5, 13);
        double curve = between(random, -0.006, 0.006);
        for (int place = -4; place <= 4; place++) {
            double along = place * spacing + random.nextGaussian();
            double up = curve * along * along + 1.8 * random.nextGaussian();
            double x = middle.x() - along * StrictMath.sin(direction) + up * StrictMath.cos(direction);
            double y = middle.y() + along * StrictMath.cos(direction) + up * StrictMath.sin(direction);
            if (place != 0) {
                drawUnlessInTheWay(Tissue.NORMAL_EPITHELIAL, x, y, middle);
            }
        }
        // below the basement membrane other cells lie
        double depth = between(random, 17, 22);
        for (int i = 0; i < 2 + random.nextInt(3); i++) {
            double along = between(random, -34, 34);
            double down = depth + between(random, 0, 12);
            double x = middle.x() - along * StrictMath.sin(direction) - down * StrictMath.cos(direction);
            double y = middle.y() + along * StrictMath.cos(direction) - down * StrictMath.sin(direction);
            drawUnlessInTheWay(chance(random, 0.5) ? Tissue.IMMUNE_LEUKOCYTE : Tissue.MUSCLE, x, y, middle);
        }
    }

    /** Nuclei at random places that keep a distance from each other (dart throwing). */
    private void scatter(Tissue around, NucleusShape middle, double distance, int darts, int least) {
        double[][] taken = new double[darts + 1][];
        taken[0] = new double[] {middle.x(), middle.y()};
        int count = 1;
        int most = least == 0 ? darts : least + random.nextInt(darts - least);
        for (int dart = 0; dart < 4 * darts && count <= most; dart++) {
            double x = between(random, -6, SIZE + 6);
            double y = between(random, -6, SIZE + 6);
            if (isFree(taken, count, x, y, distance)) {
                taken[count++] = new double[] {x, y};
                Tissue tissue = chance(random, STRAY) ? Tissue.values()[random.nextInt(4)] : around;
                drawUnlessInTheWay(tissue, x, y, middle);
            }
        }
    }

    private void drawUnlessInTheWay(Tissue tissue, double x, double y, NucleusShape middle) {
        NucleusShape shape = tissue.shape(x, y, direction, random);
        // crowded nuclei touch, but nothing covers the one in the middle
        boolean inTheWay = middle.radius(x, y) < 1.5 || shape.radius(middle.x(), middle.y()) < 1.5;
        if (!inTheWay) {
            canvas.draw(shape, tissue.chromatin(random), random);
        }
    }

    private static boolean isFree(double[][] taken, int count, double x, double y, double distance) {
        for (int i = 0; i < count; i++) {
            if (StrictMath.hypot(taken[i][0] - x, taken[i][1] - y) < distance) {
                return false;
            }
        }
        return true;
    }
}
