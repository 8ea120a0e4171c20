package io.karyoflow.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.runtime.Classifier.Classification;
import org.junit.jupiter.api.Test;

class ClassificationTest {
    @Test
    void theMostProbableClassIsTheFirstOfTheBest() {
        float[][] probabilities = {{0.2f, 0.7f, 0.1f}, {0.4f, 0.2f, 0.4f}, {1}};

        Classification classification = new Classification(probabilities, new float[3][]);

        assertThat(classification.mostProbable(0)).isEqualTo(1);
        assertThat(classification.mostProbable(1)).isZero();
        assertThat(classification.mostProbable(2)).isZero();
    }
}
