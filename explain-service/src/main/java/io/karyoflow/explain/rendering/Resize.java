package io.karyoflow.explain.rendering;

/** Brings a map from the network's input size to the image's, without steps: bilinear, between the pixels' middles. */
final class Resize {
    private Resize() {}

    /**
     * @param map [height * width]
     * @return [toHeight * toWidth]; no value lies outside the range of those of {@code map}
     */
    static float[] map(float[] map, int height, int width, int toHeight, int toWidth) {
        float[] resized = new float[toHeight * toWidth];
        for (int y = 0; y < toHeight; y++) {
            float sourceY = position(y, height, toHeight);
            int top = (int) sourceY;
            int bottom = Math.min(top + 1, height - 1);
            for (int x = 0; x < toWidth; x++) {
                float sourceX = position(x, width, toWidth);
                int left = (int) sourceX;
                int right = Math.min(left + 1, width - 1);
                float upper = between(map[top * width + left], map[top * width + right], sourceX - left);
                float lower = between(map[bottom * width + left], map[bottom * width + right], sourceX - left);
                resized[y * toWidth + x] = between(upper, lower, sourceY - top);
            }
        }
        return resized;
    }

    private static float position(int target, int size, int toSize) {
        float position = (target + 0.5f) * size / toSize - 0.5f;
        return Math.max(0, Math.min(size - 1, position));
    }

    private static float between(float a, float b, float share) {
        return a + share * (b - a);
    }
}
