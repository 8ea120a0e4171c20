package io.karyoflow.trainer.network;

/**
 * A dye of microscopy. Light falls exponentially with it: the optical density -ln(pixel / 255) of red, green and blue is the
 * sum of the colours of all stains, each times its amount (Ruifrok and Johnston, Quantification of Histochemical Staining by
 * Color Deconvolution, 2001).
 */
public enum Stain {
    HAEMATOXYLIN(0.65, 0.70, 0.29),
    EOSIN(0.07, 0.99, 0.11),
    DAB(0.27, 0.57, 0.78);

    /** [colour][stain] */
    private static final double[][] AMOUNTS =
            inverse(new double[][] {HAEMATOXYLIN.density, EOSIN.density, DAB.density});

    private final double[] density;

    Stain(double red, double green, double blue) {
        density = new double[] {red, green, blue};
    }

    /** What one unit of this stain adds to the optical density. @param colour 0 for red, 1 for green, 2 for blue */
    public double density(int colour) {
        return density[colour];
    }

    /** What one unit of optical density in this colour adds to the amount of this stain. */
    public double amount(int colour) {
        return AMOUNTS[colour][ordinal()];
    }

    /** Cramer's rule. */
    private static double[][] inverse(double[][] m) {
        double[][] inverse = new double[3][3];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                int r1 = (column + 1) % 3;
                int r2 = (column + 2) % 3;
                int c1 = (row + 1) % 3;
                int c2 = (row + 2) % 3;
                inverse[row][column] = m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1];
            }
        }
        double determinant = m[0][0] * inverse[0][0] + m[0][1] * inverse[1][0] + m[0][2] * inverse[2][0];
        for (double[] row : inverse) {
            for (int column = 0; column < 3; column++) {
                row[column] /= determinant;
            }
        }
        return inverse;
    }
}
