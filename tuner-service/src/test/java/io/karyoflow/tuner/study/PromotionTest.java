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
                        true, "macro F1 0.8000 is better than the 0.7000 of model old, which was in service"));
    }

    @Test
    void theWorseAndTheEqualAreNot() {
        assertThat(ifBetter(BEST, model("old", "d1", 0, quality(0.9))))
                .isEqualTo(new Verdict(
                        false, "macro F1 0.8000 is not better than the 0.9000 of model old, which stays in service"));
        assertThat(ifBetter(BEST, model("old", "d1", 0, quality(0.8))).promoted())
                .isFalse();
    }

    @Test
    void theStudysMetricDecides() {
        ValidatedModel sure = model("sure", "d1", 0, new EpochMetrics(0.2, 0.6, 0.6));
        ValidatedModel right = model("right", "d1", 0, new EpochMetrics(0.5, 0.9, 0.8));
        assertThat(Promotion.IF_BETTER.judge(sure, Optional.of(right), Metric.LOSS))
                .isEqualTo(new Verdict(
                        true, "loss 0.2000 is better than the 0.5000 of model right, which was in service"));
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
        ValidatedModel others = new ValidatedModel("old", List.of("cancer", "muscle"), "d1", 0, quality(0.1));
        ValidatedModel otherOrder = new ValidatedModel("old", List.of("muscle", "epithelial"), "d1", 0, quality(0.1));
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

    private static ValidatedModel model(String id, String dataset, int fold, EpochMetrics validation) {
        return new ValidatedModel(id, List.of("epithelial", "muscle"), dataset, fold, validation);
    }
}
