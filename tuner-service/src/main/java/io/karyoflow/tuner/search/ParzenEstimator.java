package io.karyoflow.tuner.search;

import io.karyoflow.tuner.space.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Where configurations lie: p(x) = 1/(n+1) * (k_0(x) + k_1(x) + ... + k_n(x)), where k_i is a product of one {@link Kernel}
 * a parameter around observation i, and k_0, the prior, covers all of the space, so that no place is ever ruled out. The
 * terms are those of Watanabe, Tree-Structured Parzen Estimator, 2023, arXiv:2304.11127.
 *
 * <p>Joint, not a density a parameter: what went well with a low learning rate is not proposed with a high one.
 *
 * <p>The bandwidth of numbers is n^(-1/(d+4)) / 5 of the range, by Scott's rule for d parameters. It falls so slowly that it
 * needs no lower bound. An observed choice counts as one beside a prior of 1/(n+1) for each of its values.
 */
final class ParzenEstimator {
    private final List<List<Kernel>> products = new ArrayList<>();

    /**
     * @param parameters each with more than one value
     * @param observations positions in the parameters' unit intervals; shape [observation][parameter]
     */
    ParzenEstimator(List<Parameter> parameters, List<double[]> observations) {
        products.add(parameters.stream().map(ParzenEstimator::prior).toList());
        for (double[] observation : observations) {
            products.add(IntStream.range(0, parameters.size())
                    .mapToObj(i -> around(observation[i], parameters.get(i), observations.size(), parameters.size()))
                    .toList());
        }
    }

    private static Kernel prior(Parameter parameter) {
        return parameter.ordered() ? new NormalKernel(parameter, 0.5, 1) : new CategoryKernel(parameter, 0, 1);
    }

    private static Kernel around(double position, Parameter parameter, int n, int d) {
        if (parameter.ordered()) {
            return new NormalKernel(parameter, position, Math.pow(n, -1.0 / (d + 4)) / 5);
        }
        double count = parameter.count();
        return new CategoryKernel(parameter, parameter.place(position), count / (count + n + 1));
    }

    /** Positions, one a parameter. */
    double[] sample(RandomGenerator random) {
        return products.get(random.nextInt(products.size())).stream()
                .mapToDouble(kernel -> kernel.sample(random))
                .toArray();
    }

    /** @param positions one a parameter; the answer is always finite, because the prior's is */
    double logDensity(double[] positions) {
        double[] logs = products.stream()
                .mapToDouble(product -> logProduct(product, positions))
                .toArray();
        // the largest is taken out before exp, so that not all terms vanish
        double largest = DoubleStream.of(logs).max().orElseThrow();
        double sum = DoubleStream.of(logs).map(log -> Math.exp(log - largest)).sum();
        return largest + Math.log(sum / logs.length);
    }

    private static double logProduct(List<Kernel> product, double[] positions) {
        return IntStream.range(0, positions.length)
                .mapToDouble(i -> product.get(i).logDensity(positions[i]))
                .sum();
    }
}
