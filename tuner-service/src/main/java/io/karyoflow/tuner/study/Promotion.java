package io.karyoflow.tuner.study;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.Optional;

/** What becomes of a study's best model when the study ends. */
public enum Promotion {
    /** it serves from then on */
    @JsonProperty("always")
    ALWAYS("always") {
        @Override
        public Verdict judge(ValidatedModel best, Optional<ValidatedModel> inService, Metric metric) {
            return new Verdict(true, "the study promotes its best model whatever is in service");
        }
    },
    /**
     * it serves if it did better on the same validation images than the model in service; also if there is none, or if
     * that one was validated on other images
     */
    @JsonProperty("ifBetter")
    IF_BETTER("if better") {
        @Override
        public Verdict judge(ValidatedModel best, Optional<ValidatedModel> inService, Metric metric) {
            return inService
                    .map(serving -> compare(best, serving, metric))
                    .orElseGet(() -> new Verdict(true, "no model was in service"));
        }
    },
    /** it is stored and waits for somebody to promote it */
    @JsonProperty("never")
    NEVER("never") {
        @Override
        public Verdict judge(ValidatedModel best, Optional<ValidatedModel> inService, Metric metric) {
            return new Verdict(false, "the study promotes no model; POST /models/" + best.id() + "/promotion does");
        }
    };

    private final String label;

    Promotion(String label) {
        this.label = label;
    }

    /** The name that people read. */
    public String label() {
        return label;
    }

    /**
     * @param best the study's best model
     * @param inService the model that serves at this moment, empty if none does
     * @param metric what the study optimizes
     */
    public abstract Verdict judge(ValidatedModel best, Optional<ValidatedModel> inService, Metric metric);

    private static Verdict compare(ValidatedModel best, ValidatedModel serving, Metric metric) {
        if (!best.isComparableWith(serving)) {
            return new Verdict(
                    true,
                    "it cannot be compared with model " + serving.id()
                            + ", which was in service: that one was validated"
                            + " on other images, those of fold " + serving.validationFold() + " of data set "
                            + serving.dataset());
        }
        boolean better = metric.score(best.validation()) > metric.score(serving.validation());
        return new Verdict(
                better,
                String.format(
                        Locale.ROOT,
                        "%s %.4f is %s %.4f of model %s, which %s in service",
                        metric.label(),
                        metric.value(best.validation()),
                        better ? "better than the" : "not better than the",
                        metric.value(serving.validation()),
                        serving.id(),
                        better ? "was" : "stays"));
    }

    /** @param reason for people, why it is promoted or is not */
    public record Verdict(boolean promoted, String reason) {}
}
