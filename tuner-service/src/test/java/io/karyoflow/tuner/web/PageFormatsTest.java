package io.karyoflow.tuner.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageFormatsTest {
    @Test
    void metricsHaveThreeDecimals() {
        assertThat(PageFormats.metric(0.94123)).isEqualTo("0.941");
        assertThat(PageFormats.metric(1)).isEqualTo("1.000");
        assertThat(PageFormats.metric(0)).isEqualTo("0.000");
        assertThat(PageFormats.percent(0.125)).isEqualTo("12.5 %");
        assertThat(PageFormats.percent(1)).isEqualTo("100.0 %");
    }

    /** One mistake among 2,500 images is one. */
    @Test
    void whatIsNotPerfectDoesNotReadAsIfItWere() {
        assertThat(PageFormats.metric(0.9996)).isEqualTo("0.9996");
        assertThat(PageFormats.metric(0.00042)).isEqualTo("0.0004");
        assertThat(PageFormats.percent(0.9996)).isEqualTo("99.96 %");
        assertThat(PageFormats.percent(0.0004)).isEqualTo("0.04 %");
    }

    /** Else a tenth of a table would have more decimals than the rest. */
    @Test
    void whatComesCloseToAnotherWholeNumberIsRoundedAsAllOthers() {
        assertThat(PageFormats.percent(0.0302)).isEqualTo("3.0 %");
        assertThat(PageFormats.metric(2.0004)).isEqualTo("2.000");
    }

    @Test
    void whatMissesPerfectByHowComputersReckonIsPerfect() {
        double sum = 0.7 + 0.2 + 0.1;
        assertThat(sum).isNotEqualTo(1);
        assertThat(PageFormats.metric(sum)).isEqualTo("1.000");
        assertThat(PageFormats.percent(sum)).isEqualTo("100.0 %");
    }
}
