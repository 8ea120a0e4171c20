package io.karyoflow.tuner.study;

import static io.karyoflow.tuner.study.TestStudy.quality;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.tuner.study.Promotion.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromotionTest {
    private static final ValidatedModel BEST = model("new", "d1", 0, quality(0.8));

    @Test
    void theBetterIsPromoted() {
        assertThat(ifBetter(BEST, model("old", "d1", 0, quality(0.7))))
                .isEqualTo(new Verdict(
                        true,
                        "macro F1 0.8000 is better than the 0.7000 of model old, which was in service; both were"
                                + " validated on fold 0 of data set d1"));
    }

    @Test
    void theWorseAndTheEqualAreNot() {
        assertThat(ifBetter(BEST, model("old", "d1", 0, quality(0.9))))
                .isEqualTo(new Verdict(
                        false,
                        "macro F1 0.8000 is not better than the 0.9000 of model old, which stays in service; both were"
                                + " validated on fold 0 of data set d1"));
        assertThat(ifBetter(BEST, model("old", "d1", 0, quality(0.8))).promoted())
                .isFalse();
    }

    @Test
    void theStudysMetricDecides() {
        ValidatedModel sure = model("sure", "d1", 0, new EpochMetrics(0.2, 0.6, 0.6));
        ValidatedModel right = model("right", "d1", 0, new EpochMetrics(0.5, 0.9, 0.8));
        assertThat(Promotion.IF_BETTER.judge(sure, Optional.of(right), Metric.LOSS))
                .isEqualTo(new Verdict(
                        true,
                        "loss 0.2000 is better than the 0.5000 of model right, which was in service; both were"
                                + " validated on fold 0 of data set d1"));
        assertThat(Promotion.IF_BETTER
                        .judge(sure, Optional.of(right), Metric.ACCURACY)
                        .promoted())
                .isFalse();
    }

    @Test
    void theFirstIsPromoted() {
        assertThat(Promotion.IF_BETTER.judge(BEST, Optional.empty(), Metric.MACRO_F1))
                .isEqualTo(new Verdict(true, "no model was in service"));
    }

    @Test
    void oneThatCannotBeComparedIsPromotedAndSaysSo() {
        assertThat(ifBetter(BEST, model("old", "d2", 0, quality(0.9)))).satisfies(verdict -> {
            assertThat(verdict.promoted()).isTrue();
            assertThat(verdict.reason()).contains("cannot be compared with model old", "fold 0 of data set d2");
        });
        assertThat(ifBetter(BEST, model("old", "d1", 3, quality(0.9)))).satisfies(verdict -> {
            assertThat(verdict.promoted()).isTrue();
            assertThat(verdict.reason()).contains("fold 3 of data set d1");
        });
    }

    @Test
    void theSameImagesOfTwoDataSetsAreCompared() {
        ValidatedModel round2 = model("new", new ValidationFold("d2", 0, "same"), quality(0.8));

        assertThat(ifBetter(round2, model("old", new ValidationFold("d1", 3, "same"), quality(0.9))))
                .isEqualTo(new Verdict(
                        false,
                        "macro F1 0.8000 is not better than the 0.9000 of model old, which stays in service; both were"
                                + " validated on the same images, fold 0 of data set d2 and fold 3 of data set d1"));
        assertThat(ifBetter(round2, model("old", new ValidationFold("d1", 3, "same"), quality(0.7))))
                .satisfies(verdict -> {
                    assertThat(verdict.promoted()).isTrue();
                    assertThat(verdict.reason()).contains("is better than", "validated on the same images");
                });
    }

    @Test
    void otherImagesAreToldFromThoseThatNobodyKnows() {
        ValidatedModel best = model("new", new ValidationFold("d2", 0, "some"), quality(0.8));

        assertThat(ifBetter(best, model("old", new ValidationFold("d1", 0, "others"), quality(0.9))))
                .isEqualTo(new Verdict(
                        true,
                        "it cannot be compared with model old, which was in service: that one was validated on other"
                                + " images, those of fold 0 of data set d1"));
        ValidatedModel old = model("old", "d1", 0, quality(0.9));
        assertThat(ifBetter(best, old))
                .isEqualTo(new Verdict(
                        true,
                        "it cannot be compared with model old, which was in service: that one was validated on fold 0"
                                + " of data set d1, and whether its images are the same is not known, because data set"
                                + " d1 has no fingerprints of its folds"));
        assertThat(ifBetter(model("new", "d3", 0, quality(0.8)), old).promoted())
                .as("two that are not known are not the same")
                .isTrue();
        assertThat(ifBetter(model("new", "d1", 0, quality(0.8)), old).promoted())
                .as("nor needed in one data set")
                .isFalse();
    }

    @Test
    void alwaysAndNeverDoNotAskHowGoodTheModelInServiceIs() {
        Optional<ValidatedModel> perfect = Optional.of(model("old", "d1", 0, quality(1)));
        assertThat(Promotion.ALWAYS.judge(BEST, perfect, Metric.MACRO_F1).promoted())
                .isTrue();
        assertThat(Promotion.NEVER.judge(BEST, Optional.empty(), Metric.MACRO_F1))
                .satisfies(verdict -> {
                    assertThat(verdict.promoted()).isFalse();
                    assertThat(verdict.reason()).contains("POST /models/new/promotion");
                });
    }

    @Test
    void oneOfOtherClassesIsLeftToSomebody() {
        ValidationFold fold = BEST.validatedOn();
        ValidatedModel others = new ValidatedModel("old", List.of("cancer", "muscle"), fold, quality(0.1));
        ValidatedModel otherOrder = new ValidatedModel("old", List.of("muscle", "epithelial"), fold, quality(0.1));
        for (Promotion promotion : List.of(Promotion.ALWAYS, Promotion.IF_BETTER)) {
            assertThat(promotion.judge(BEST, Optional.of(others), Metric.MACRO_F1))
                    .isEqualTo(new Verdict(
                            false,
                            "its classes are [epithelial, muscle], those of model old, which stays in service, are"
                                    + " [cancer, muscle], and labels would change their meaning; POST"
                                    + " /models/new/promotion puts it into service all the same"));
            assertThat(promotion
                            .judge(BEST, Optional.of(otherOrder), Metric.MACRO_F1)
                            .promoted())
                    .isFalse();
            assertThat(promotion.judge(BEST, Optional.empty(), Metric.MACRO_F1).promoted())
                    .isTrue();
        }
    }

    private static Verdict ifBetter(ValidatedModel best, ValidatedModel serving) {
        return Promotion.IF_BETTER.judge(best, Optional.of(serving), Metric.MACRO_F1);
    }

    /** Of a data set without fingerprints. */
    private static ValidatedModel model(String id, String dataset, int fold, EpochMetrics validation) {
        return model(id, new ValidationFold(dataset, fold, null), validation);
    }

    private static ValidatedModel model(String id, ValidationFold validatedOn, EpochMetrics validation) {
        return new ValidatedModel(id, List.of("epithelial", "muscle"), validatedOn, validation);
    }
}
