package io.karyoflow.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.message.StainNormalisation;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReinhardTest {
    private static final int SIDE = 16;

    @Test
    void redAndGreenBecomeWhatTheyWouldBeOnAUsualSlide() {
        ColourStatistics pale = new ColourStatistics(new float[] {0.2f, 0.3f, 0.1f}, new float[] {0.1f, 0.15f, 0.1f});
        // one deviation above the mean in red, one below in green
        double[] pixel = {255 * Math.exp(-0.3), 255 * Math.exp(-0.15), 200};

        float[] seen = seen(pixel, pale);

        assertThat(seen[0]).isEqualTo((float) (255 * Math.exp(-0.8)), within(0.05f));
        assertThat(seen[1]).isEqualTo((float) (255 * Math.exp(-0.2)), within(0.05f));
    }

    @Test
    void onAUsualSlideRedAndGreenStayAsTheyAre() {
        float[] seen = seen(new double[] {140, 90, 160}, ColourStatistics.USUAL);

        assertThat(seen[0]).isEqualTo(140, within(0.05f));
        assertThat(seen[1]).isEqualTo(90, within(0.05f));
    }

    @Test
    void inPlaceOfBlueIsHaematoxylinWhateverTheSlide() {
        double amount = 0.7;
        double[] pixel = new double[3];
        for (int colour = 0; colour < 3; colour++) {
            pixel[colour] =
                    255 * Math.exp(-amount * Stain.HAEMATOXYLIN.density(colour) - 0.4 * Stain.EOSIN.density(colour));
        }
        ColourStatistics dark = new ColourStatistics(new float[] {1, 1.2f, 0.9f}, new float[] {0.6f, 0.5f, 0.4f});

        float light = (float) (255 * Math.exp(-amount));
        assertThat(seen(pixel, ColourStatistics.USUAL)[2]).isEqualTo(light, within(0.05f));
        assertThat(seen(pixel, dark)[2]).isEqualTo(light, within(0.05f));
    }

    @Test
    void anEmptySlideIsNotStretched() {
        ColourStatistics glass = new ColourStatistics(new float[3], new float[3]);

        float[] seen = seen(new double[] {250, 250, 250}, glass);

        // a density of 0.0198 is 0.4 of the least deviation of 0.05
        assertThat(seen[0]).isEqualTo((float) (255 * Math.exp(-0.5 - 0.396 * 0.3)), within(0.3f));
    }

    /** An image of one colour through the preprocessing of a network, with its scaling undone. @return [3], 0..255 */
    private static float[] seen(double[] colour, ColourStatistics slide) {
        float[] image = new float[SIDE * SIDE * 3];
        for (int value = 0; value < image.length; value++) {
            image[value] = (float) colour[value % 3];
        }
        float[] values = SeenByNetwork.of(
                Preprocessing.symmetric(SIDE).after(StainNormalisation.SLIDE), image, List.of(slide), SIDE, SIDE);
        return new float[] {(values[0] + 1) * 127.5f, (values[1] + 1) * 127.5f, (values[2] + 1) * 127.5f};
    }
}
