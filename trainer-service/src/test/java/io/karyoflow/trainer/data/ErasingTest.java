package io.karyoflow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ErasingTest {

    @Test
    void fillsTheRectangleWithTheMeanColourAndNothingElse() {
        byte[] rgb = new byte[4 * 5 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i % 3 == 0 ? 10 * (i / 3) : i % 3 == 1 ? 255 : i / 3);
        }
        byte[] before = rgb.clone();

        new Erasing(1, 2, 2, 3).apply(rgb, 5);

        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 5; x++) {
                int at = 3 * (5 * y + x);
                if (y >= 1 && y < 3 && x >= 2) {
                    assertThat(rgb[at] & 255).isEqualTo(95); // of 0, 10 .. 190
                    assertThat(rgb[at + 1] & 255).isEqualTo(255);
                    assertThat(rgb[at + 2] & 255).isEqualTo(10); // of 0 .. 19, rounded
                } else {
                    assertThat(rgb[at]).isEqualTo(before[at]);
                    assertThat(rgb[at + 1]).isEqualTo(before[at + 1]);
                    assertThat(rgb[at + 2]).isEqualTo(before[at + 2]);
                }
            }
        }
    }

    @Test
    void rectanglesHaveTheSizesOfThePaperAndLieAnywhereInTheImage() {
        SplittableRandom random = new SplittableRandom(4);
        double smallest = 1;
        double largest = 0;
        double flattest = 1;
        double tallest = 1;
        int taller = 0;
        boolean atTopLeft = false;
        boolean atBottomRight = false;
        for (int i = 0; i < 20_000; i++) {
            Erasing drawn = Erasing.draw(400, 200, random);
            assertThat(drawn.top()).isBetween(0, 400 - drawn.height());
            assertThat(drawn.left()).isBetween(0, 200 - drawn.width());
            double area = drawn.height() * drawn.width() / 80_000.0;
            double aspect = drawn.height() / 400.0 / (drawn.width() / 200.0);
            smallest = Math.min(smallest, area);
            largest = Math.max(largest, area);
            flattest = Math.min(flattest, aspect);
            tallest = Math.max(tallest, aspect);
            taller += aspect > 1 ? 1 : 0;
            atTopLeft |= drawn.top() < 5 && drawn.left() < 5;
            atBottomRight |= drawn.top() + drawn.height() > 395 && drawn.left() + drawn.width() > 195;
        }
        assertThat(smallest).isCloseTo(0.02, within(0.001));
        assertThat(largest).isCloseTo(0.2, within(0.002));
        assertThat(flattest).isCloseTo(0.3, within(0.02));
        assertThat(tallest).isCloseTo(3.33, within(0.2));
        assertThat(taller / 20_000.0).isCloseTo(0.5, within(0.02));
        assertThat(atTopLeft && atBottomRight).isTrue();
    }

    @Test
    void evenTheSmallestImageKeepsItsSize() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 100; i++) {
            Erasing drawn = Erasing.draw(1, 2, random);
            byte[] rgb = {1, 2, 3, 3, 4, 5};
            byte[] before = rgb.clone();
            drawn.apply(rgb, 2);
            assertThat(drawn.height()).isEqualTo(1);
            assertThat(drawn.width()).isBetween(1, 2);
            for (int x = 0; x < 2; x++) {
                boolean erased = x >= drawn.left() && x < drawn.left() + drawn.width();
                byte[] expected = erased ? new byte[] {2, 3, 4} : Arrays.copyOfRange(before, 3 * x, 3 * x + 3);
                assertThat(Arrays.copyOfRange(rgb, 3 * x, 3 * x + 3)).isEqualTo(expected);
            }
        }
    }
}
