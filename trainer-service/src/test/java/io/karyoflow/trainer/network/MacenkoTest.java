package io.karyoflow.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.common.message.StainNormalisation;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MacenkoTest {
    private static final int SIDE = 32;
    private static final int VALUES = SIDE * SIDE * 3;

    /** optical densities of haematoxylin and eosin in two laboratories */
    private static final double[][] BLUISH = {{0.65, 0.70, 0.29}, {0.22, 0.92, 0.32}};

    private static final double[][] PINKISH = {{0.52, 0.73, 0.45}, {0.30, 0.75, 0.59}};

    @Test
    void theSameTissueOfTwoLaboratoriesLooksTheSame() {
        float[] one = tissue(BLUISH, 1.0);
        float[] other = tissue(PINKISH, 0.7);

        float[] normalised = normalised(one, other);

        double before = 0;
        double after = 0;
        for (int i = 0; i < VALUES; i++) {
            before += Math.abs(one[i] - other[i]) / VALUES;
            after += Math.abs(normalised[i] - normalised[VALUES + i]) / VALUES;
        }
        assertThat(before).isGreaterThan(20);
        assertThat(after).isLessThan(before / 6);
    }

    @Test
    void eachImageByItself() {
        float[] alone = normalised(tissue(BLUISH, 1.0));
        float[] beside = normalised(tissue(BLUISH, 1.0), tissue(PINKISH, 0.7));

        assertThat(Arrays.copyOf(beside, VALUES)).containsExactly(alone, within(0.01f));
    }

    @Test
    void anImageWithoutTwoStainsStaysAsItIs() {
        float[] glass = new float[VALUES];
        Arrays.fill(glass, 244);
        float[] black = new float[VALUES];
        float[] oneStain = new float[VALUES];
        for (int i = 0; i < VALUES; i++) {
            double density = 0.3 + i / 3 % 7 / 10.0;
            oneStain[i] = (float) (240 * Math.exp(-density * BLUISH[0][i % 3]) - 1);
        }

        float[] normalised = normalised(glass, black, oneStain);

        assertThat(Arrays.copyOfRange(normalised, 0, VALUES)).containsExactly(glass, within(0.001f));
        assertThat(Arrays.copyOfRange(normalised, VALUES, 2 * VALUES)).containsExactly(black, within(0.001f));
        assertThat(Arrays.copyOfRange(normalised, 2 * VALUES, 3 * VALUES)).containsExactly(oneStain, within(0.001f));
    }

    /** Nuclei, stroma and a little glass, always the same. */
    private static float[] tissue(double[][] stains, double strength) {
        Random random = new Random(3);
        float[] image = new float[VALUES];
        for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
            boolean nucleus = random.nextDouble() < 0.4;
            boolean glass = random.nextDouble() < 0.1;
            double haematoxylin =
                    glass ? 0 : strength * (nucleus ? 1 + random.nextDouble() : 0.1 * random.nextDouble());
            double eosin = glass ? 0 : strength * (nucleus ? 0.1 * random.nextDouble() : 0.5 + random.nextDouble() / 2);
            for (int colour = 0; colour < 3; colour++) {
                double density = haematoxylin * stains[0][colour] + eosin * stains[1][colour];
                image[3 * pixel + colour] = (float) Math.max(0, 240 * Math.exp(-density) - 1);
            }
        }
        return image;
    }

    /** Through the preprocessing of a network, with its scaling undone. */
    private static float[] normalised(float[]... images) {
        float[] all = new float[images.length * VALUES];
        for (int i = 0; i < images.length; i++) {
            System.arraycopy(images[i], 0, all, i * VALUES, VALUES);
        }
        float[] values = SeenByNetwork.of(
                Preprocessing.symmetric(SIDE).after(StainNormalisation.MACENKO), all, images.length, SIDE, SIDE);
        for (int i = 0; i < values.length; i++) {
            values[i] = (values[i] + 1) * 127.5f;
        }
        return values;
    }
}
