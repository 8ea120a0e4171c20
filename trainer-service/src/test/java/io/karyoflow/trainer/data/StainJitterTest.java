package io.karyoflow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StainJitterTest {
    private static final double[][] COLOURS = {{0.65, 0.70, 0.29}, {0.07, 0.99, 0.11}, {0.27, 0.57, 0.78}};

    @Test
    void withoutSpreadNothingChangesButRounding() {
        byte[] rgb = dyed(0.6, 0.3, 0.05);
        byte[] before = rgb.clone();

        new StainJitter(0, new Random(1)).apply(rgb, 0, rgb.length);

        for (int i = 0; i < rgb.length; i++) {
            assertThat(rgb[i] & 255).isCloseTo(before[i] & 255, within(1));
        }
    }

    @Test
    void eachAmountOfStainIsScaledAndShiftedByItself() {
        // Given the numbers that the jitter will draw
        double sigma = 0.2;
        Random draws = new Random(7);
        double[] factors = new double[3];
        double[] summands = new double[3];
        for (int stain = 0; stain < 3; stain++) {
            factors[stain] = 1 + sigma * draws.nextGaussian();
            summands[stain] = sigma / 4 * draws.nextGaussian();
        }
        // and an image of which every pixel has the same stains, but for one that is not to be touched
        byte[] rgb = dyed(0.6, 0.3, 0.1, 0.6, 0.3, 0.1, 0.6, 0.3, 0.1);

        // When
        new StainJitter(sigma, new Random(7)).apply(rgb, 3, rgb.length);

        // Then
        byte[] expected =
                dyed(0.6 * factors[0] + summands[0], 0.3 * factors[1] + summands[1], 0.1 * factors[2] + summands[2]);
        byte[] untouched = dyed(0.6, 0.3, 0.1);
        for (int colour = 0; colour < 3; colour++) {
            assertThat(rgb[colour]).isEqualTo(untouched[colour]);
            assertThat(rgb[3 + colour] & 255).isCloseTo(expected[colour] & 255, within(2));
            assertThat(rgb[6 + colour]).isEqualTo(rgb[3 + colour]);
            assertThat(Math.abs((expected[colour] & 255) - (untouched[colour] & 255)))
                    .isGreaterThan(4);
        }
    }

    @Test
    void blackAndWhiteStayInRange() {
        byte[] rgb = {0, 0, 0, (byte) 255, (byte) 255, (byte) 255};

        new StainJitter(1, new Random(3)).apply(rgb, 0, rgb.length);

        // white has no stain to scale; at most it is dyed by the shift, or cut at white
        assertThat(rgb[3] & 255).isGreaterThan(100);
        assertThat(rgb[0] & 255).isLessThan(100);
    }

    /** Pixels with these amounts of haematoxylin, eosin and DAB. */
    private static byte[] dyed(double... amounts) {
        byte[] rgb = new byte[amounts.length];
        for (int pixel = 0; pixel < amounts.length; pixel += 3) {
            for (int colour = 0; colour < 3; colour++) {
                double density = 0;
                for (int stain = 0; stain < 3; stain++) {
                    density += amounts[pixel + stain] * COLOURS[stain][colour];
                }
                rgb[pixel + colour] = (byte) Math.min(255, Math.round(255 * Math.exp(-density)));
            }
        }
        return rgb;
    }
}
