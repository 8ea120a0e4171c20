package io.karyoflow.inference.prediction;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BatchLimitsTest {
    @Test
    void limitsThatHoldNothingAreRefused() {
        assertThatThrownBy(() -> new BatchLimits(0, 1, 100)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BatchLimits(1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BatchLimits(1, 0, 100)).isInstanceOf(IllegalArgumentException.class);
    }
}
