package io.karyoflow.explain.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussLegendreTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 50, 1000})
    void integratesEveryPolynomialUpToTwiceItsOrderExactly(int n) {
        double[] nodes = GaussLegendre.nodes(n);
        double[] weights = GaussLegendre.weights(n);
        for (int degree = 0; degree < Math.min(2 * n, 40); degree++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += weights[i] * Math.pow(nodes[i], degree);
            }
            double integral = degree % 2 == 0 ? 2.0 / (degree + 1) : 0;
            assertThat(sum).as("x^%s", degree).isCloseTo(integral, within(1e-12));
        }
    }

    @Test
    void knowsTheTabulatedNodes() {
        double[] nodes = GaussLegendre.nodes(3);

        assertThat(nodes[0]).isCloseTo(-Math.sqrt(0.6), within(1e-15));
        assertThat(nodes[1]).isCloseTo(0, within(1e-15));
        assertThat(nodes[2]).isCloseTo(Math.sqrt(0.6), within(1e-15));
        assertThat(GaussLegendre.weights(3)[1]).isCloseTo(8 / 9.0, within(1e-15));
    }
}
