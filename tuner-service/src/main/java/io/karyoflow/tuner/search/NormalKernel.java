package io.karyoflow.tuner.search;

import io.karyoflow.tuner.space.Parameter;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.TruncatedNormalDistribution;

/**
 * Numbers near an observed one: a normal distribution cut off at the ends of the unit interval. A counted value has the
 * probability of its share of the interval.
 */
record NormalKernel(Parameter parameter, TruncatedNormalDistribution normal) implements Kernel {
    /**
     * @param middle from 0 to 1
     * @param bandwidth standard deviation before it is cut off
     */
    NormalKernel(Parameter parameter, double middle, double bandwidth) {
        this(parameter, TruncatedNormalDistribution.of(middle, bandwidth, 0, 1));
    }

    @Override
    public double sample(RandomGenerator random) {
        return normal.inverseCumulativeProbability(random.nextDouble());
    }

    @Override
    public double logDensity(double position) {
        double count = parameter.count();
        if (count == 0) {
            return normal.logDensity(position);
        }
        long place = parameter.place(position);
        return Math.log(normal.probability(place / count, (place + 1) / count));
    }
}
