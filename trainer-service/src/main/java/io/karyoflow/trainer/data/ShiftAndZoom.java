package io.karyoflow.trainer.data;

import java.util.random.RandomGenerator;

/**
 * Moves and magnifies an image about its middle in one bilinear resampling; what comes in over the border is its
 * reflection. Pixel p of the result is what the source has at (p - m - shift) / magnification + m, along each side, with
 * the middle m = (length - 1) / 2.
 *
 * @param down shift in pixels, towards the bottom if positive
 * @param across shift in pixels, to the right if positive
 * @param magnification above 1 if what is seen becomes larger
 */
record ShiftAndZoom(double down, double across, double magnification) {
    /** Weights of the bilinear mean are whole shares of this, a power of two. */
    private static final int WHOLE_BITS = 8;

    private static final int WHOLE = 1 << WHOLE_BITS;
    private static final int HALF = WHOLE * WHOLE / 2;

    /** Shifts are uniform up to a share of each side, the magnification's logarithm is uniform up to {@code zoom}. */
    static ShiftAndZoom draw(double shift, double zoom, int height, int width, RandomGenerator random) {
        return new ShiftAndZoom(
                height * shift * signed(random), width * shift * signed(random), Math.exp(zoom * signed(random)));
    }

    /** Lays the image {@code from} [height * width * 3] into {@code to} of the same size. */
    void lay(byte[] from, int height, int width, byte[] to) {
        Taps rows = Taps.of(height, down, magnification);
        Taps columns = Taps.of(width, across, magnification);
        for (int y = 0, at = 0; y < height; y++) {
            int upper = rows.before[y] * width;
            int lower = rows.after[y] * width;
            int lowerShare = rows.shareAfter[y];
            for (int x = 0; x < width; x++) {
                int left = columns.before[x];
                int right = columns.after[x];
                int rightShare = columns.shareAfter[x];
                int upperLeft = 3 * (upper + left);
                int upperRight = 3 * (upper + right);
                int lowerLeft = 3 * (lower + left);
                int lowerRight = 3 * (lower + right);
                for (int colour = 0; colour < 3; colour++) {
                    int above = mean(from[upperLeft + colour] & 255, from[upperRight + colour] & 255, rightShare);
                    int below = mean(from[lowerLeft + colour] & 255, from[lowerRight + colour] & 255, rightShare);
                    to[at++] = (byte) (mean(above, below, lowerShare) + HALF >>> 2 * WHOLE_BITS);
                }
            }
        }
    }

    /** {@code WHOLE} times the weighted mean. */
    private static int mean(int one, int other, int shareOfOther) {
        return WHOLE * one + shareOfOther * (other - one);
    }

    private static double signed(RandomGenerator random) {
        return 2 * random.nextDouble() - 1;
    }

    /** For each position along one side: the two source positions that it lies between, and the share of the second. */
    private record Taps(int[] before, int[] after, int[] shareAfter) {

        static Taps of(int length, double shift, double magnification) {
            Taps taps = new Taps(new int[length], new int[length], new int[length]);
            double middle = (length - 1) / 2.0;
            for (int position = 0; position < length; position++) {
                long scaled = Math.round(WHOLE * ((position - middle - shift) / magnification + middle));
                int whole = Math.toIntExact(Math.floorDiv(scaled, WHOLE));
                taps.before[position] = Border.reflected(whole, length);
                taps.after[position] = Border.reflected(whole + 1, length);
                taps.shareAfter[position] = (int) Math.floorMod(scaled, WHOLE);
            }
            return taps;
        }
    }
}
