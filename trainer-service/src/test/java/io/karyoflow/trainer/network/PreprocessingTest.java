package io.karyoflow.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PreprocessingTest {

    @Test
    void imageOfInputSizeIsOnlyScaled() {
        float[] image = new float[16 * 16 * 3];
        image[0] = 255;
        image[1] = 127.5f;

        float[] input = preprocess(image, 16, 16, 16);

        assertThat(input[0]).isEqualTo(1f, within(1e-6f));
        assertThat(input[1]).isEqualTo(0f, within(1e-6f));
        assertThat(input[2]).isEqualTo(-1f, within(1e-6f));
    }

    @Test
    void imageNetsMeanColourIsZeroAndItsDeviationOne() {
        float[] image = new float[16 * 16 * 3];
        float[] mean = {123.675f, 116.28f, 103.53f};
        float[] deviation = {58.395f, 57.12f, 57.375f};
        for (int colour = 0; colour < 3; colour++) {
            image[colour] = mean[colour];
            image[3 + colour] = mean[colour] + deviation[colour];
        }

        float[] input = preprocess(Preprocessing.imageNet(16), image, 16, 16);

        for (int colour = 0; colour < 3; colour++) {
            assertThat(input[colour]).isEqualTo(0f, within(1e-5f));
            assertThat(input[3 + colour]).isEqualTo(1f, within(1e-5f));
        }
    }

    @Test
    void shrinkingCountsEveryPixel() {
        // Given stripes one pixel wide, which a plain bilinear resize to a quarter would turn into one of the colours
        float[] image = new float[64 * 64 * 3];
        for (int i = 0; i < image.length; i++) {
            image[i] = i / 3 % 2 == 0 ? 255 : 0;
        }

        float[] input = preprocess(image, 64, 64, 16);

        // Then the middle is the mean of both (at the edges the triangle is cut)
        for (int x = 1; x < 15; x++) {
            assertThat(input[(8 * 16 + x) * 3]).isEqualTo(0f, within(0.02f));
        }
    }

    @Test
    void enlargingInterpolatesAndShapesMayDiffer() {
        // Given a left half of 0 and a right half of 200, 8 high and 4 wide
        float[] image = new float[8 * 4 * 3];
        for (int i = 0; i < image.length; i++) {
            image[i] = i / 3 % 4 < 2 ? 0 : 200;
        }

        float[] input = preprocess(image, 8, 4, 16);

        assertThat(input).hasSize(16 * 16 * 3);
        // x = 7 lies at (7 + 0.5) / 4 - 0.5 = 1.375 between the old columns 1 (0) and 2 (200)
        assertThat(input[7 * 3]).isEqualTo(0.375f * 200 / 127.5f - 1, within(1e-5f));
    }

    private static float[] preprocess(float[] image, int height, int width, int inputSize) {
        return preprocess(Preprocessing.symmetric(inputSize), image, height, width);
    }

    private static float[] preprocess(Preprocessing preprocessing, float[] image, int height, int width) {
        return SeenByNetwork.of(preprocessing, image, 1, height, width);
    }
}
