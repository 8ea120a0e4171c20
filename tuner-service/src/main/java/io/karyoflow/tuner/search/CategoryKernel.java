package io.karyoflow.tuner.search;

import io.karyoflow.tuner.space.Parameter;
import java.util.random.RandomGenerator;

/**
 * An observed choice, which says nothing of its neighbours.
 *
 * @param place of the observed value
 * @param spread the part of the probability that all values share evenly, from above 0 to 1; the observed value has the rest
 */
record CategoryKernel(Parameter parameter, long place, double spread) implements Kernel {
    @Override
    public double sample(RandomGenerator random) {
        double drawn = random.nextDouble();
        return drawn < spread ? drawn / spread : parameter.middle(place);
    }

    @Override
    public double logDensity(double position) {
        double own = parameter.place(position) == place ? 1 - spread : 0;
        return Math.log(own + spread / parameter.count());
    }
}
