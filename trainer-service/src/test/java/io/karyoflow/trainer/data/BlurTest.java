package io.karyoflow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BlurTest {
    private static final int HEIGHT = 21;
    private static final int WIDTH = 31;

    @Test
    void aPointBecomesAGaussianBell() {
        byte[] rgb = new byte[HEIGHT * WIDTH * 3];
        int middle = 3 * (10 * WIDTH + 15);
        rgb[middle] = (byte) 255;

        new Blur(1.5).apply(rgb, HEIGHT, WIDTH);

        for (int down = -5; down <= 5; down++) {
            for (int across = -5; across <= 5; across++) {
                double bell =
                        255 * Math.exp(-(down * down + across * across) / (2 * 1.5 * 1.5)) / (2 * Math.PI * 1.5 * 1.5);
                assertThat(rgb[middle + 3 * (down * WIDTH + across)] & 255)
                        .isCloseTo((int) Math.round(bell), within(1));
            }
        }
        // and stays in its colour
        assertThat(rgb[middle + 1]).isZero();
        assertThat(rgb[middle + 2]).isZero();
    }

    @Test
    void evenColoursStayAsTheyAreUpToTheBorder() {
        byte[] rgb = new byte[HEIGHT * WIDTH * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i % 3 == 0 ? 255 : i % 3 == 1 ? 0 : 130);
        }
        byte[] before = rgb.clone();

        new Blur(5).apply(rgb, HEIGHT, WIDTH);

        assertThat(rgb).isEqualTo(before);
    }

    @Test
    void thereIsNoLightLostWhereTheImageIsSmallerThanTheBell() {
        byte[] rgb = new byte[2 * 2 * 3];
        rgb[0] = (byte) 200;

        new Blur(5).apply(rgb, 2, 2);

        assertThat(rgb[0] & 255).isCloseTo(50, within(1));
        assertThat(rgb[9] & 255).isCloseTo(50, within(1));
    }

    @Test
    void almostNoSigmaIsAlmostNoBlur() {
        byte[] rgb = TinyBatch.of(1, HEIGHT, WIDTH, 1).rgb();
        byte[] before = rgb.clone();

        new Blur(1e-9).apply(rgb, HEIGHT, WIDTH);

        assertThat(rgb).isEqualTo(before);
    }

    @Test
    void sigmaIsDrawnUpToTheLargest() {
        assertThat(contrastAfter(Blur.draw(0.3, new SplittableRandom(1))))
                .isGreaterThan(contrastAfter(new Blur(0.301)));
        assertThat(contrastAfter(Blur.draw(3, new SplittableRandom(1))))
                .isNotEqualTo(contrastAfter(Blur.draw(3, new SplittableRandom(2))));
    }

    private static int contrastAfter(Blur blur) {
        byte[] rgb = new byte[HEIGHT * WIDTH * 3];
        rgb[3 * (10 * WIDTH + 15)] = (byte) 255;
        blur.apply(rgb, HEIGHT, WIDTH);
        return rgb[3 * (10 * WIDTH + 15)] & 255;
    }
}
