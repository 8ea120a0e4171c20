package io.karyoflow.explain.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "0.03124, 0.0312",
        "-12.54, −12.5",
        "0.001, 0.001",
        "0.000412, 4.12e-4",
        "-1.5e-12, −1.50e-12",
        "99999, 100000",
        "1234567, 1.23e+6",
        "NaN, undefined",
        "Infinity, undefined"
    })
    void numbersHaveThreeDigitsAndATrueMinus(double value, String text) {
        assertThat(Figures.significant(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0.931, 93.1 %",
        "0, 0.0 %",
        "1, 100.0 %",
        "0.9999, > 99.9 %",
        "0.00004, < 0.1 %",
        "0.0011, 0.1 %",
        "NaN, undefined"
    })
    void percentagesShowNoFalseCertainty(double probability, String text) {
        assertThat(Figures.percent(probability)).isEqualTo(text);
    }
}
