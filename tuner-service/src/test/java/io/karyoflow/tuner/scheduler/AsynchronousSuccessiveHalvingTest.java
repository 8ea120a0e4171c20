package io.karyoflow.tuner.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class AsynchronousSuccessiveHalvingTest {
    private final TrialScheduler asha = new AsynchronousSuccessiveHalving(1, 3);

    @Test
    void theFirstAtARungGoesOn() {
        assertThat(asha.reasonToStop(1, 0.1, List.of())).isEmpty();
    }

    @Test
    void rungsLieAtGracePeriodTimesPowersOfTheReductionFactor() {
        TrialScheduler fromTwo = new AsynchronousSuccessiveHalving(2, 3);
        for (int epoch = 1; epoch <= 20; epoch++) {
            boolean rung = epoch == 2 || epoch == 6 || epoch == 18;
            assertThat(fromTwo.judgesAfter(epoch)).as("epoch %d", epoch).isEqualTo(rung);
        }
    }

    @Test
    void theBestThirdGoesOn() {
        // quantile 2/3 of 0.1 0.2 0.3 0.4 lies at place 2: 0.3
        List<Double> others = scores(0.4, 0.1, 0.3, 0.2);
        assertThat(asha.reasonToStop(3, 0.3, others)).isEmpty();
        assertThat(asha.reasonToStop(3, 0.29, others)).isPresent();
    }

    @Test
    void theQuantileIsLinearBetweenNeighbours() {
        // place 2/3 between 0 and 0.9: 0.6, as NumPy's percentile, which Ray Tune uses
        assertThat(asha.reasonToStop(1, 0.601, scores(0, 0.9))).isEmpty();
        assertThat(asha.reasonToStop(1, 0.599, scores(0, 0.9))).isPresent();
    }

    @Test
    void scoresThatAreNoNumbersNeitherCountNorGoOn() {
        assertThat(asha.reasonToStop(1, 0.5, scores(Double.NaN))).isEmpty();
        assertThat(asha.reasonToStop(1, Double.NaN, scores(0.5))).isPresent();
    }

    @Test
    void theReasonIsForPeople() {
        assertThat(asha.reasonToStop(3, -1.2, scores(-0.5, -0.5)))
                .hasValue("1.2000 after epoch 3 is worse than 0.5000, where the best 1/3 of 2 others begin");
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        assertThatThrownBy(() -> new AsynchronousSuccessiveHalving(0, 3)).hasMessageContaining("gracePeriod is 0");
        assertThatThrownBy(() -> new AsynchronousSuccessiveHalving(1, 1)).hasMessageContaining("reductionFactor is 1");
        assertThat(new AsynchronousSuccessiveHalving(5, 3).problem(5)).isPresent();
        assertThat(new AsynchronousSuccessiveHalving(5, 3).problem(6)).isEmpty();
        assertThat(new AsynchronousSuccessiveHalving(null, null)).isEqualTo(asha);
    }

    private static List<Double> scores(double... scores) {
        return DoubleStream.of(scores).boxed().toList();
    }
}
