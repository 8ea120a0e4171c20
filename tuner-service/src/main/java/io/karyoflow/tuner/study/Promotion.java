package io.karyoflow.tuner.study;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.Optional;

/**
 * What becomes of a study's best model when the study ends. None puts a model into service whose classes are not those of
 * the model in service: whoever reads labels would take them for what they meant before. That is for somebody to do by hand.
 */
public enum Promotion {
    /** it serves from then on */
    @JsonProperty("always")
    ALWAYS("always") {
        @Override
        public Verdict judge(ValidatedModel best, Optional<ValidatedModel> inService, Metric metric) {
            return otherClasses(best, inService)
                    .orElseGet(() -> new Verdict(true, "the study promotes its best model whatever is in service"));
        }
    },
    /**
     * it serves if it did better on the same validation images than the model in service; also if there is none, or if
     * that one was validated on others, for all that is known
     */
    @JsonProperty("ifBetter")
    IF_BETTER("if better") {
        @Override
        public Verdict judge(ValidatedModel best, Optional<ValidatedModel> inService, Metric metric) {
            return otherClasses(best, inService)
                    .or(() -> inService.map(serving -> compare(best, serving, metric)))
                    .orElseGet(() -> new Verdict(true, "no model was in service"));
        }
    },
    /** it is stored and waits for somebody to promote it */
    @JsonProperty("never")
    NEVER("never") {
        @Override
        public Verdict judge(ValidatedModel best, Optional<ValidatedModel> inService, Metric metric) {
            return new Verdict(false, "the study promotes no model; " + byHand(best) + " does");
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

    private static Optional<Verdict> otherClasses(ValidatedModel best, Optional<ValidatedModel> inService) {
        return inService
                .filter(serving -> !best.labelsAlike(serving))
                .map(serving -> new Verdict(
                        false,
                        "its classes are " + best.classes() + ", those of model " + serving.id()
                                + ", which stays in service, are " + serving.classes()
                                + ", and labels would change their meaning; " + byHand(best)
                                + " puts it into service all the same"));
    }

    private static String byHand(ValidatedModel model) {
        return "POST /models/" + model.id() + "/promotion";
    }

    private static Verdict compare(ValidatedModel best, ValidatedModel serving, Metric metric) {
        if (!best.isComparableWith(serving)) {
            return new Verdict(
                    true,
                    "it cannot be compared with model " + serving.id()
                            + ", which was in service: that one was validated on "
                            + otherImages(best.validatedOn(), serving.validatedOn()));
        }
        boolean better = metric.score(best.validation()) > metric.score(serving.validation());
        return new Verdict(
                better,
                String.format(
                        Locale.ROOT,
                        "%s %.4f is %s %.4f of model %s, which %s in service; both were validated on %s",
                        metric.label(),
                        metric.value(best.validation()),
                        better ? "better than the" : "not better than the",
                        metric.value(serving.validation()),
                        serving.id(),
                        better ? "was" : "stays",
                        sameImages(best.validatedOn(), serving.validatedOn())));
    }

    private static String sameImages(ValidationFold best, ValidationFold serving) {
        return best.isSameAs(serving)
                ? best.inWords()
                : "the same images, " + best.inWords() + " and " + serving.inWords();
    }

    private static String otherImages(ValidationFold best, ValidationFold serving) {
        boolean known = best.fingerprint() != null && serving.fingerprint() != null;
        if (known || best.dataset().equals(serving.dataset())) {
            return "other images, those of " + serving.inWords();
        }
        ValidationFold unknown = serving.fingerprint() == null ? serving : best;
        return serving.inWords() + ", and whether its images are the same is not known, because data set "
                + unknown.dataset() + " has no fingerprints of its folds";
    }

    /** @param reason for people, why it is promoted or is not */
    public record Verdict(boolean promoted, String reason) {}
}
