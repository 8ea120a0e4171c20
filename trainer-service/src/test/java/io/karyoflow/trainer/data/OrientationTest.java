package io.karyoflow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrientationTest {

    @Test
    void eightDifferentWaysToLayASquare() {
        Set<String> results = new HashSet<>();
        for (Orientation orientation : Orientation.of(2, 2)) {
            results.add(lay(orientation, "abcd", 2, 2));
        }
        assertThat(results).containsExactlyInAnyOrder("abcd", "badc", "cdab", "dcba", "acbd", "bdac", "cadb", "dbca");
    }

    @Test
    void quarterTurnRightBringsTheLeftColumnToTheTop() {
        // ab      ca
        // cd  ->  db
        assertThat(lay(Orientation.QUARTER_TURN_RIGHT, "abcd", 2, 2)).isEqualTo("cadb");
        assertThat(lay(Orientation.QUARTER_TURN_LEFT, "abcd", 2, 2)).isEqualTo("bdac");
    }

    @Test
    void oblongsAreNotTurnedByQuarters() {
        assertThat(Orientation.of(2, 3)).hasSize(4);
        assertThat(lay(Orientation.HALF_TURN, "abcdef", 2, 3)).isEqualTo("fedcba");
        assertThat(lay(Orientation.FLIPPED_ACROSS, "abcdef", 2, 3)).isEqualTo("cbafed");
    }

    /** Pixels as letters: each of a pixel's channels is the letter, shifted by its channel. */
    private static String lay(Orientation orientation, String pixels, int height, int width) {
        byte[] from = new byte[pixels.length() * 3];
        for (int i = 0; i < from.length; i++) {
            from[i] = (byte) (pixels.charAt(i / 3) + 40 * (i % 3 == 0 ? 0 : 1));
        }
        byte[] to = new byte[from.length + 3];
        orientation.lay(from, height, width, to, 3);
        StringBuilder result = new StringBuilder();
        for (int i = 3; i < to.length; i += 3) {
            assertThat(to[i + 1]).isEqualTo((byte) (to[i] + 40));
            result.append((char) to[i]);
        }
        return result.toString();
    }
}
