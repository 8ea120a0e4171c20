package io.karyoflow.tuner.study;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.karyoflow.common.message.EpochMetrics;

/** What a study optimizes, always on the validation fold. */
public enum Metric {
    @JsonProperty("macroF1")
    MACRO_F1("macro F1") {
        @Override
        public double value(EpochMetrics validation) {
            return validation.macroF1();
        }
    },
    @JsonProperty("accuracy")
    ACCURACY("accuracy") {
        @Override
        public double value(EpochMetrics validation) {
            return validation.accuracy();
        }
    },
    @JsonProperty("loss")
    LOSS("loss") {
        @Override
        public double value(EpochMetrics validation) {
            return validation.loss();
        }

        @Override
        public double score(EpochMetrics validation) {
            return -validation.loss();
        }
    };

    private final String label;

    Metric(String label) {
        this.label = label;
    }

    /** The name that people read. */
    public String label() {
        return label;
    }

    public abstract double value(EpochMetrics validation);

    /** For comparing trials: higher is better whatever the metric. */
    public double score(EpochMetrics validation) {
        return value(validation);
    }
}
