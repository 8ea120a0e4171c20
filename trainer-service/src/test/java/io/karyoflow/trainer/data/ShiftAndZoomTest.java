package io.karyoflow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShiftAndZoomTest {

    @Test
    void withoutShiftAndZoomNothingChanges() {
        int[] image = {1, 20, 3, 40, 5, 60};
        assertThat(lay(new ShiftAndZoom(0, 0, 1), 2, 3, image)).containsExactly(image);
    }

    @Test
    void shiftsDownAndRightAndReflectsAtTheBorder() {
        // 1 2 3      1 1 2
        // 4 5 6  ->  1 1 2
        // 7 8 9      4 4 5
        assertThat(lay(new ShiftAndZoom(1, 1, 1), 3, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9))
                .containsExactly(1, 1, 2, 1, 1, 2, 4, 4, 5);
        assertThat(lay(new ShiftAndZoom(0, -2, 1), 1, 4, 1, 2, 3, 4)).containsExactly(3, 4, 4, 3);
    }

    @Test
    void betweenPixelsLiesTheirWeightedMean() {
        assertThat(lay(new ShiftAndZoom(0, 0.25, 1), 1, 3, 0, 100, 200)).containsExactly(0, 75, 175);
        assertThat(lay(new ShiftAndZoom(-0.5, 0, 1), 3, 1, 0, 100, 200)).containsExactly(50, 150, 200);
    }

    @Test
    void magnifiesAboutTheMiddle() {
        // the middle stays, and what lay half as far away lies at the border now
        assertThat(lay(new ShiftAndZoom(0, 0, 2), 1, 5, 0, 100, 200, 100, 0)).containsExactly(100, 150, 200, 150, 100);
        // smaller: beyond the border lies the reflection
        assertThat(lay(new ShiftAndZoom(0, 0, 0.5), 1, 5, 0, 50, 100, 150, 200)).containsExactly(50, 0, 100, 200, 150);
    }

    @Test
    void drawsUniformlyUpToTheLargest() {
        SplittableRandom random = new SplittableRandom(5);
        double mostDown = 0;
        double mostAcross = 0;
        double mostZoom = 0;
        double sumOfZooms = 0;
        for (int i = 0; i < 2000; i++) {
            ShiftAndZoom drawn = ShiftAndZoom.draw(0.1, 0.3, 50, 200, random);
            mostDown = Math.max(mostDown, Math.abs(drawn.down()));
            mostAcross = Math.max(mostAcross, Math.abs(drawn.across()));
            mostZoom = Math.max(mostZoom, Math.abs(Math.log(drawn.magnification())));
            sumOfZooms += Math.log(drawn.magnification());
        }
        assertThat(mostDown).isBetween(4.9, 5.0);
        assertThat(mostAcross).isBetween(19.6, 20.0);
        assertThat(mostZoom).isBetween(0.29, 0.3);
        assertThat(sumOfZooms / 2000).isCloseTo(0, within(0.02));
    }

    /** Lays an image whose pixels have these values in red, their complements in green, and 7 in blue. */
    private static int[] lay(ShiftAndZoom shiftAndZoom, int height, int width, int... red) {
        byte[] from = new byte[3 * red.length];
        for (int i = 0; i < red.length; i++) {
            from[3 * i] = (byte) red[i];
            from[3 * i + 1] = (byte) (255 - red[i]);
            from[3 * i + 2] = 7;
        }
        byte[] to = new byte[from.length];
        shiftAndZoom.lay(from, height, width, to);
        int[] result = new int[red.length];
        for (int i = 0; i < red.length; i++) {
            result[i] = to[3 * i] & 255;
            assertThat(to[3 * i + 1] & 255).isEqualTo(255 - result[i]);
            assertThat(to[3 * i + 2]).isEqualTo((byte) 7);
        }
        return result;
    }
}
