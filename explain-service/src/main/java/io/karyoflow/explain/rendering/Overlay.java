package io.karyoflow.explain.rendering;

import io.karyoflow.common.image.Png;
import io.karyoflow.common.image.RgbImage;

/** The picture that an attribution message carries: its map over the image, in the image's own size. */
public final class Overlay {
    private Overlay() {}

    /**
     * @param image what was explained, of any size
     * @param map [height * width], summed over channels; may be all 0
     * @param height of the map
     * @param width of the map
     */
    public static byte[] png(RgbImage image, float[] map, int height, int width, Sign sign) {
        PixelMap pixels = new PixelMap(height, width, map);
        return Png.encode(Picture.BLENDED_HEAT_MAP.draw(image, pixels, Scale.of(pixels, sign)));
    }
}
