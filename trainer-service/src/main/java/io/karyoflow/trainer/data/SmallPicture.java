package io.karyoflow.trainer.data;

import io.karyoflow.common.image.Png;
import io.karyoflow.common.image.RgbImage;

/** Images of a data set for people to look at: as they are in the cache, unless that is more than shows a nucleus. */
public final class SmallPicture {
    /** What the longer side has at most, in pixels. */
    static final int MOST_PIXELS = 128;

    private SmallPicture() {}

    public static byte[] png(CachedDataset dataset, int image) {
        byte[] rgb = new byte[dataset.height() * dataset.width() * 3];
        dataset.copyPixels(image, rgb, 0);
        return Png.encode(
                bounded(new RgbImage(dataset.height(), dataset.width(), rgb)).toBufferedImage());
    }

    /** The image itself if it is small enough. */
    static RgbImage bounded(RgbImage image) {
        double scale = Math.min(1, MOST_PIXELS / (double) Math.max(image.height(), image.width()));
        return AreaAverage.resize(image, scaled(image.height(), scale), scaled(image.width(), scale));
    }

    private static int scaled(int side, double scale) {
        return (int) Math.max(1, Math.round(side * scale));
    }
}
