package io.karyoflow.explain.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SampleRandomTest {

    @Test
    void noTwoSamplesHaveNumbersInCommon() {
        List<Long> numbers = new ArrayList<>();
        for (long seed = 0; seed < 3; seed++) {
            for (int sample = 0; sample < 50; sample++) {
                SplittableRandom random = SampleRandom.of(seed, sample);
                for (int i = 0; i < 100; i++) {
                    numbers.add(random.nextLong());
                }
            }
        }

        assertThat(numbers).doesNotHaveDuplicates();
    }

    @Test
    void aSampleIsTheSameEachTime() {
        assertThat(SampleRandom.of(7, 3).nextLong())
                .isEqualTo(SampleRandom.of(7, 3).nextLong());
    }
}
