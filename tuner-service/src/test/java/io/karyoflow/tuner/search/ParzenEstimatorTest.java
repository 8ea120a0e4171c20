package io.karyoflow.tuner.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.tuner.space.Choice;
import io.karyoflow.tuner.space.IntegerRange;
import io.karyoflow.tuner.space.LogUniform;
import io.karyoflow.tuner.space.Parameter;
import io.karyoflow.tuner.space.Uniform;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParzenEstimatorTest {
    private static final Parameter DROPOUT = new Uniform(0, 0.5);
    private static final Parameter LEARNING_RATE = new LogUniform(1e-4, 1e-2);
    private static final Parameter WIDTH = new IntegerRange(8, 56, 8);
    private static final Parameter OPTIMISER = new Choice(List.of("adamw", "adam", "sgd"));

    @Test
    void densitiesAddUpToOne() {
        for (Parameter parameter : List.of(DROPOUT, LEARNING_RATE, WIDTH, OPTIMISER)) {
            for (List<double[]> observations :
                    List.of(List.<double[]>of(), at(0), at(1), at(0.5), at(0.1, 0.1, 0.3, 0.9), at(new double[1000]))) {
                ParzenEstimator density = new ParzenEstimator(List.of(parameter), observations);
                assertThat(sum(parameter, position -> Math.exp(density.logDensity(new double[] {position})), 0, 1))
                        .as("%s, %d observations", parameter, observations.size())
                        .isCloseTo(1, within(1e-4));
            }
        }
    }

    @Test
    void jointDensitiesAddUpToOne() {
        ParzenEstimator density = new ParzenEstimator(
                List.of(LEARNING_RATE, OPTIMISER), List.of(new double[] {0.2, 0.5}, new double[] {0.8, 0.1}));
        double whole = sum(
                OPTIMISER,
                optimiser ->
                        sum(LEARNING_RATE, rate -> Math.exp(density.logDensity(new double[] {rate, optimiser})), 0, 1),
                0,
                1);
        assertThat(whole).isCloseTo(1, within(1e-4));
    }

    @Test
    void whatWasSeenTogetherIsLikelyTogether() {
        ParzenEstimator density = new ParzenEstimator(
                List.of(LEARNING_RATE, DROPOUT),
                List.of(
                        new double[] {0.1, 0.1}, new double[] {0.2, 0.2},
                        new double[] {0.8, 0.8}, new double[] {0.9, 0.9}));
        assertThat(density.logDensity(new double[] {0.15, 0.15}))
                .isGreaterThan(density.logDensity(new double[] {0.15, 0.85}) + 1);
    }

    @Test
    void samplesAreDrawnByTheDensity() {
        for (Parameter parameter : List.of(DROPOUT, WIDTH, OPTIMISER)) {
            ParzenEstimator density = new ParzenEstimator(List.of(parameter), at(0.05, 0.1, 0.3));
            SplittableRandom random = new SplittableRandom(1);
            // the end of a share of both that are counted
            double third = parameter == WIDTH ? 3.0 / 7 : 1.0 / 3;
            double share = IntStream.range(0, 20_000)
                            .mapToDouble(i -> density.sample(random)[0])
                            .peek(position -> assertThat(position).isBetween(0.0, 1.0))
                            .filter(position -> position < third)
                            .count()
                    / 20_000.0;
            assertThat(share)
                    .as("%s", parameter)
                    .isCloseTo(
                            sum(parameter, position -> Math.exp(density.logDensity(new double[] {position})), 0, third),
                            within(0.02));
        }
    }

    @Test
    void noPlaceIsRuledOut() {
        List<Parameter> parameters = List.of(DROPOUT, LEARNING_RATE, WIDTH, OPTIMISER);
        ParzenEstimator density =
                new ParzenEstimator(parameters, Collections.nCopies(10_000, new double[] {1, 1, 1, 1}));
        assertThat(density.logDensity(new double[] {0, 0, 0, 0})).isBetween(-30.0, 0.0);
    }

    private static List<double[]> at(double... positions) {
        return IntStream.range(0, positions.length)
                .mapToObj(i -> new double[] {positions[i]})
                .toList();
    }

    /** Of the probabilities of counted values, or else the integral. */
    private static double sum(Parameter parameter, DoubleUnaryOperator density, double from, double to) {
        long steps = parameter.count() == 0 ? 3000 : parameter.count();
        return IntStream.range(0, (int) steps)
                .mapToDouble(step -> (step + 0.5) / steps)
                .filter(position -> position > from && position < to)
                .map(density)
                .map(value -> parameter.count() == 0 ? value / steps : value)
                .sum();
    }
}
