package io.karyoflow.trainer.data;

import java.util.Arrays;
import java.util.List;

/**
 * The eight ways to lay a square patch: flips and quarter turns (the dihedral group D4). Tissue has no up or down, so all
 * are equally true; the last four swap height and width.
 */
enum Orientation {
    AS_IT_IS(false, false, false),
    FLIPPED_ACROSS(false, false, true),
    FLIPPED_DOWN(false, true, false),
    HALF_TURN(false, true, true),
    TRANSPOSED(true, false, false),
    QUARTER_TURN_RIGHT(true, true, false),
    QUARTER_TURN_LEFT(true, false, true),
    TRANSPOSED_HALF_TURN(true, true, true);

    private static final List<Orientation> ALL = List.of(values());
    private static final List<Orientation> KEEPING_SHAPE = Arrays.stream(values())
            .filter(orientation -> !orientation.transpose)
            .toList();

    private final boolean transpose;
    private final boolean flipRows;
    private final boolean flipColumns;

    Orientation(boolean transpose, boolean flipRows, boolean flipColumns) {
        this.transpose = transpose;
        this.flipRows = flipRows;
        this.flipColumns = flipColumns;
    }

    /** Those that leave an image of this shape in its shape. */
    static List<Orientation> of(int height, int width) {
        return height == width ? ALL : KEEPING_SHAPE;
    }

    /**
     * Lays the image {@code from} [height * width * 3] into {@code to} from {@code offset} on; pixel (y, x) of the result
     * is the pixel (r, c) of the source, where r and c are y and x, swapped if transposing, then counted from the other
     * end if flipping.
     */
    void lay(byte[] from, int height, int width, byte[] to, int offset) {
        int at = offset;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int row = transpose ? x : y;
                int column = transpose ? y : x;
                int source =
                        3 * ((flipRows ? height - 1 - row : row) * width + (flipColumns ? width - 1 - column : column));
                to[at++] = from[source];
                to[at++] = from[source + 1];
                to[at++] = from[source + 2];
            }
        }
    }
}
