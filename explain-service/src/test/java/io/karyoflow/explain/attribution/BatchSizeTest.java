package io.karyoflow.explain.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchSizeTest {

    @Test
    void getsSmallerAsInputsGetLarger() {
        assertThat(BatchSize.DEFAULT.of(new InputShape(8, 8, 3))).isEqualTo(128);
        assertThat(BatchSize.DEFAULT.of(new InputShape(48, 48, 3))).isEqualTo(75);
        assertThat(BatchSize.DEFAULT.of(new InputShape(224, 224, 3))).isEqualTo(3);
        assertThat(BatchSize.DEFAULT.of(new InputShape(4096, 4096, 3))).isEqualTo(1);
    }

    @Test
    void canBeLoweredButNotRaised() {
        InputShape shape = new InputShape(48, 48, 3);

        assertThat(BatchSize.DEFAULT.atMost(10).of(shape)).isEqualTo(10);
        assertThat(BatchSize.DEFAULT.atMost(1000).of(shape)).isEqualTo(75);
        assertThat(BatchSize.of(1000).of(shape)).isEqualTo(1000);
    }
}
