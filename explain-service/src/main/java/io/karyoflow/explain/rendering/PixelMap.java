package io.karyoflow.explain.rendering;

/**
 * One value for each pixel, as pictures need it: an attribution map summed over its channels.
 *
 * @param height in pixels, at least 1; of the network's input, so seldom the image's
 * @param width in pixels, at least 1
 * @param values [height * width], row by row; in any unit
 */
public record PixelMap(int height, int width, float[] values) {

    public PixelMap {
        if (height < 1 || width < 1 || values.length != height * width) {
            throw new IllegalArgumentException(
                    values.length + " values cannot be a map of " + height + " x " + width + " pixels");
        }
    }

    /**
     * The same map in another size, without steps: bilinear, between the middles of pixels.
     *
     * @return no value of it lies outside the range of the values here
     */
    PixelMap resizedTo(int toHeight, int toWidth) {
        float[] resized = new float[toHeight * toWidth];
        for (int y = 0; y < toHeight; y++) {
            float sourceY = position(y, height, toHeight);
            int top = (int) sourceY;
            int bottom = Math.min(top + 1, height - 1);
            for (int x = 0; x < toWidth; x++) {
                float sourceX = position(x, width, toWidth);
                int left = (int) sourceX;
                int right = Math.min(left + 1, width - 1);
                float upper = between(at(top, left), at(top, right), sourceX - left);
                float lower = between(at(bottom, left), at(bottom, right), sourceX - left);
                resized[y * toWidth + x] = between(upper, lower, sourceY - top);
            }
        }
        return new PixelMap(toHeight, toWidth, resized);
    }

    private float at(int y, int x) {
        return values[y * width + x];
    }

    private static float position(int target, int size, int toSize) {
        float position = (target + 0.5f) * size / toSize - 0.5f;
        return Math.max(0, Math.min(size - 1, position));
    }

    private static float between(float a, float b, float share) {
        return a + share * (b - a);
    }
}
