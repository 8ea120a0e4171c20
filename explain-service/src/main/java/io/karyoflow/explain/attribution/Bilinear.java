package io.karyoflow.explain.attribution;

/**
 * Enlarges a plane of values: each new pixel's middle is looked up between the four old pixels' middles around it
 * (half-pixel centres), the edge continued outwards. It is PyTorch's {@code interpolate(mode="bilinear",
 * align_corners=False)}.
 */
record Bilinear(int height, int width, int toHeight, int toWidth) {

    /**
     * @param plane [height * width]
     * @return [toHeight * toWidth]
     */
    float[] enlarge(float[] plane) {
        return part(plane, 0, 0, toHeight, toWidth);
    }

    /**
     * The part of the enlarged plane that begins at row {@code top} and column {@code left}.
     *
     * @param plane [height * width]
     * @return [rows * columns]
     */
    float[] part(float[] plane, int top, int left, int rows, int columns) {
        float[] part = new float[rows * columns];
        Between[] across = new Between[columns];
        for (int x = 0; x < columns; x++) {
            across[x] = Between.of(left + x, width, toWidth);
        }
        for (int y = 0; y < rows; y++) {
            Between down = Between.of(top + y, height, toHeight);
            int upper = down.before * width;
            int lower = down.after * width;
            for (int x = 0; x < columns; x++) {
                Between at = across[x];
                float above = at.mix(plane[upper + at.before], plane[upper + at.after]);
                float below = at.mix(plane[lower + at.before], plane[lower + at.after]);
                part[y * columns + x] = down.mix(above, below);
            }
        }
        return part;
    }

    /** Two old positions and how far the new one lies from the first to the second, 0 to 1. */
    private record Between(int before, int after, float share) {
        static Between of(int position, int size, int toSize) {
            double at = Math.max(0, (position + 0.5) * size / toSize - 0.5);
            int before = Math.min((int) at, size - 1);
            return new Between(before, Math.min(before + 1, size - 1), (float) (at - before));
        }

        float mix(float first, float second) {
            return first + share * (second - first);
        }
    }
}
