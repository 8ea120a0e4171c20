package io.karyoflow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EpochRandomTest {

    @Test
    void sameQuestionSameNumbers() {
        assertThat(new EpochRandom(5, 2).image(7).nextLong())
                .isEqualTo(new EpochRandom(5, 2).image(7).nextLong());
    }

    @Test
    void everySeedEpochPurposeAndPlaceHasItsOwnNumbers() {
        Set<Long> seen = new HashSet<>();
        int asked = 0;
        for (long seed = -20; seed < 20; seed++) {
            for (int epoch = 1; epoch <= 20; epoch++) {
                EpochRandom random = new EpochRandom(seed, epoch);
                seen.add(random.order().nextLong());
                asked++;
                for (int place = 0; place < 20; place++) {
                    seen.add(random.image(place).nextLong());
                    seen.add(random.batch(place).nextLong());
                    asked += 2;
                }
            }
        }
        assertThat(seen).hasSize(asked);
    }

    @Test
    void neighboursAreAsDifferentAsStrangers() {
        int places = 20_000;
        double sum = 0;
        double together = 0;
        int[] eighths = new int[8];
        for (int place = 0; place < places; place++) {
            double here = new EpochRandom(1, 1).image(place).nextDouble();
            double next = new EpochRandom(1, 1).image(place + 1).nextDouble();
            sum += here;
            together += (here - 0.5) * (next - 0.5);
            eighths[new EpochRandom(1, 1).image(place).nextInt(8)]++;
        }
        assertThat(sum / places).isCloseTo(0.5, within(0.01));
        assertThat(12 * together / places).as("correlation").isCloseTo(0, within(0.03));
        for (int count : eighths) {
            assertThat(count).isBetween(places / 8 - 200, places / 8 + 200);
        }
    }
}
