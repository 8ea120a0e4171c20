package io.karyoflow.common.runtime;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.image.RgbImage;
import java.util.List;

/**
 * Images of one size that go through a model together.
 *
 * @param count N, at least 1
 * @param height H, of every image
 * @param width W, of every image
 * @param pixels [N * H * W * 3], row-major, 0..255
 * @param colours [N * 6], the {@link ColourStatistics} of the slide that each image is of; of the image itself where that
 *     is not known
 */
public record ImageBatch(int count, int height, int width, float[] pixels, float[] colours) {

    public ImageBatch {
        if (pixels.length != (long) count * height * width * 3) {
            throw new IllegalArgumentException(
                    pixels.length + " values cannot be " + count + " images of " + height + " x " + width + " x 3");
        }
        if (colours.length != count * ColourStatistics.NUMBERS) {
            throw new IllegalArgumentException(
                    colours.length + " numbers cannot be the colour statistics of " + count + " images");
        }
    }

    /**
     * @param images of one size, at least one
     * @param colours of the slide of each image
     */
    public static ImageBatch of(List<RgbImage> images, List<ColourStatistics> colours) {
        int count = images.size();
        int height = images.get(0).height();
        int width = images.get(0).width();
        float[] pixels = new float[count * height * width * 3];
        float[] numbers = new float[count * ColourStatistics.NUMBERS];
        for (int i = 0; i < count; i++) {
            images.get(i).copyTo(pixels, i * height * width * 3);
            colours.get(i).copyTo(numbers, i * ColourStatistics.NUMBERS);
        }
        return new ImageBatch(count, height, width, pixels, numbers);
    }
}
